import type { KeyObject } from 'node:crypto'
import { type Refusal, refusal } from '../answer.ts'
import type { StorageRequest } from '../request.ts'
import { isSignature } from './shared-key.ts'

/** A shared access signature whose signature and time have been verified. */
export interface SasToken {
  readonly kind: 'account' | 'service'
  /** The letters of what it permits. */
  readonly permissions: string
  /** `ss` of an account's signature: `b` and `f` are the services there are here. */
  readonly services: string
  /** `srt` of an account's signature (`s` service, `c` container, `o` object), or `sr` of a resource's. */
  readonly resources: string
}

/** What a stored access policy adds to a signature that names it. */
export interface AccessPolicy {
  readonly id: string
  readonly start: string
  readonly expiry: string
  readonly permissions: string
}

const FAILED = refusal(403, 'AuthenticationFailed')
/** Before this version a signature was made of other fields. */
const OLDEST_SIGNED_VERSION = '2015-04-05'

/** The headers that a signature may override in answers, in the order in which they are signed. */
const RESPONSE_HEADERS = ['rscc', 'rscd', 'rsce', 'rscl', 'rsct'] as const

/** What of a request, or of an address that it names, a signature depends on. */
export type SignedAddress = Pick<StorageRequest, 'service' | 'query' | 'address' | 'nowMs' | 'from'>

/** Verifies the signature in the query of a request. `policies` are those of the container or share that it names. */
export function verifySas(
  request: SignedAddress,
  account: string,
  key: KeyObject,
  policies: readonly AccessPolicy[],
): SasToken | Refusal {
  const { query } = request
  const field = (name: string) => query.get(name) ?? ''
  const kind = query.has('ss') || query.has('srt') ? 'account' : 'service'
  if (field('sv') < OLDEST_SIGNED_VERSION || query.has('skoid')) return FAILED
  const text = kind === 'account' ? accountText(field, account) : serviceText(field, request, account)
  if (text === undefined || !isSignature(field('sig'), text, key)) return FAILED
  const policy = policies.find(({ id }) => id === field('si'))
  if (query.has('si') && policy === undefined) return FAILED
  const refused = outsideOfTerms(request, field, policy)
  if (refused !== undefined) return refused
  return {
    kind,
    permissions: field('sp') + (policy?.permissions ?? ''),
    services: field('ss'),
    resources: kind === 'account' ? field('srt') : field('sr'),
  }
}

type Field = (name: string) => string

/** Source: "Create an account SAS". */
function accountText(field: Field, account: string): string {
  const names = ['sp', 'ss', 'srt', 'st', 'se', 'sip', 'spr', 'sv', ...(field('sv') >= '2020-12-06' ? ['ses'] : [])]
  return `${[account, ...names.map(field)].join('\n')}\n`
}

/** Source: "Create a service SAS". Undefined if the signature is for no type of resource that there is here. */
function serviceText(field: Field, { service, address }: SignedAddress, account: string): string | undefined {
  const version = field('sv')
  const whole = ['c', 's'].includes(field('sr'))
  const known = service === 'blob' ? ['c', 'b', 'bs'] : ['s', 'f']
  if (!known.includes(field('sr')) || (!whole && address.name === '')) return undefined
  const resource = `/${service}/${account}/${address.root}${whole ? '' : `/${address.name}`}`
  const fields = [field('sp'), field('st'), field('se'), resource, ...['si', 'sip', 'spr', 'sv'].map(field)]
  if (service === 'blob' && version >= '2018-11-09') {
    fields.push(field('sr'), field('sr') === 'bs' ? field('snapshot') : '')
    if (version >= '2020-12-06') fields.push(field('ses'))
  }
  return [...fields, ...RESPONSE_HEADERS.map(field)].join('\n')
}

/** When, from where and by which protocol a signature may be used. Nothing but plain HTTP comes here. */
function outsideOfTerms(
  { nowMs, from }: SignedAddress,
  field: Field,
  policy: AccessPolicy | undefined,
): Refusal | undefined {
  const start = field('st') || policy?.start
  const expiry = field('se') || policy?.expiry
  if (!expiry || !(nowMs < Date.parse(expiry))) return FAILED
  if (start && !(nowMs >= Date.parse(start))) return FAILED
  if (field('spr') === 'https') return refusal(403, 'AuthorizationProtocolMismatch')
  if (field('sip') !== '' && !isWithin(from, field('sip'))) return refusal(403, 'AuthorizationSourceIPMismatch')
  return undefined
}

/** Whether an address is the one that `sip` names, or lies between the two that it names. */
function isWithin(from: string, range: string): boolean {
  const [first = '', last = first] = range.split('-')
  const [address, least, most] = [from, first, last].map(numberOf)
  return address !== undefined && least !== undefined && most !== undefined && address >= least && address <= most
}

/** An address of IPv4 as a number; the system may write it as one of IPv6. */
function numberOf(address: string): number | undefined {
  const parts = address.replace(/^::ffff:/, '').split('.')
  const isAddress = parts.length === 4 && parts.every((part) => /^[0-9]{1,3}$/.test(part) && Number(part) < 256)
  return isAddress ? parts.reduce((number, part) => number * 256 + Number(part), 0) : undefined
}
