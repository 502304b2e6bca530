import { operationsOf } from '../../model/operation.ts'
import { FAMILIES, type Family, KINDS, kindsOf, type Service } from '../../model/resource.ts'
import { TargetError } from '../errors.ts'
import { kindOfCredential } from './credentials/credential.ts'
import { describeSas, hindranceTo, permitsOf } from './credentials/permits.ts'
import { askDelegationKey } from './probing/delegation-key.ts'
import { probe, type Seen } from './probing/probe.ts'
import type { Endpoint } from './target.ts'

/** What a look at a target has shown; nothing of it is secret. */
export interface Diagnosis {
  readonly account: string
  readonly credential: CredentialReport
  readonly services: readonly ServiceReport[]
  readonly apiVersion: string
  readonly clock: ClockReport
  readonly kinds: readonly KindReport[]
  /** Whether there is anything that a run could check. */
  readonly usable: boolean
}

export interface CredentialReport {
  readonly kind: string
  /** Where it was taken from. */
  readonly from: string
  /** The fields of a SAS that say what it permits. */
  readonly permits?: string
  /** When it runs out, ISO 8601. */
  readonly until?: string
  /** Of a token: whether the sources of copies can be signed, and why not. */
  readonly delegation?: string
}

export interface ServiceReport {
  readonly service: Service
  readonly url: string
  /** What it calls itself. */
  readonly server?: string
  readonly tookMs?: number
  /** Why it cannot be used, or what it refused although it knows who asks. */
  readonly problem?: string
  readonly reachable: boolean
}

export interface ClockReport {
  /** Whether it acts at the instant that a request carries in `x-leasecheck-now`. */
  readonly virtual: boolean
  /** How far its clock is before (+) or behind (-) ours, by its `Date` headers, which tell seconds. */
  readonly skewMs?: number
}

export interface KindReport {
  readonly kind: Family
  /** Why nothing of it can be checked. */
  readonly hindrance?: string
  /** Operations that the credential does not permit. */
  readonly leftOut: readonly string[]
}

export interface DiagnosisOptions {
  readonly endpoint: Endpoint
  /** Where the credential was taken from. */
  readonly from: string
  readonly apiVersion: string
  /** Whether the URL of the file service was only guessed. */
  readonly fileUrlGuessed: boolean
}

/** Looks at a server without writing anything to it. */
export async function diagnose({ endpoint, from, apiVersion, fileUrlGuessed }: DiagnosisOptions): Promise<Diagnosis> {
  const [blob, file] = [await reportOn(endpoint, 'blob', apiVersion), await reportOnFiles(endpoint, apiVersion)]
  const seen = blob.seen ?? file?.seen
  const virtual =
    seen !== undefined && (await isVirtual(endpoint, blob.seen === undefined ? 'file' : 'blob', apiVersion))
  const skewMs = seen === undefined ? undefined : skewOf(seen)
  const services = [blob, ...(file === undefined ? [] : [file])].map(({ report }) => report)
  const reachable = new Map(services.map((each) => [each.service, each.reachable]))
  const kinds = FAMILIES.map((kind) => reportOnKind(kind, endpoint, apiVersion, reachable, fileUrlGuessed))
  return {
    account: endpoint.account,
    credential: { ...(await reportOnCredential(endpoint, apiVersion, blob.seen !== undefined)), from },
    services,
    apiVersion,
    clock: { virtual, ...(skewMs === undefined ? {} : { skewMs }) },
    kinds,
    usable: kinds.some(({ hindrance }) => hindrance === undefined),
  }
}

interface Looked {
  readonly report: ServiceReport
  readonly seen?: Seen
}

async function reportOn(endpoint: Endpoint, service: Service, apiVersion: string): Promise<Looked> {
  const url = (service === 'blob' ? endpoint.url : endpoint.fileUrl) ?? ''
  try {
    const seen = await probe(endpoint, service, { clock: 'wall', apiVersion })
    const problem =
      seen.refused === undefined ? {} : { problem: `it does not let this credential list (${seen.refused})` }
    const { server, tookMs } = seen
    return { report: { service, url, server, tookMs, ...problem, reachable: true }, seen }
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    return { report: { service, url, problem: error.message, reachable: false } }
  }
}

async function reportOnFiles(endpoint: Endpoint, apiVersion: string): Promise<Looked | undefined> {
  return endpoint.fileUrl === undefined ? undefined : reportOn(endpoint, 'file', apiVersion)
}

async function isVirtual(endpoint: Endpoint, service: Service, apiVersion: string): Promise<boolean> {
  return probe(endpoint, service, { clock: 'header', apiVersion }).then(
    () => true,
    () => false,
  )
}

/** The server looked at its clock while it answered, and told whole seconds of it. */
function skewOf({ dateMs, tookMs, endedMs }: Seen): number | undefined {
  if (dateMs === undefined) return undefined
  const [earliest, latest] = [endedMs - tookMs, endedMs]
  if (dateMs + 999 < earliest) return Math.round(dateMs + 999 - earliest)
  return dateMs > latest ? Math.round(dateMs - latest) : 0
}

async function reportOnCredential(
  endpoint: Endpoint,
  apiVersion: string,
  isReachable: boolean,
): Promise<Omit<CredentialReport, 'from'>> {
  const { credential } = endpoint
  const kind = kindOfCredential(credential)
  if (credential.by === 'token' && isReachable) {
    const { refusal } = await askDelegationKey(endpoint, apiVersion)
    const delegation =
      refusal === undefined
        ? 'sources of copies are read by a user delegation SAS'
        : `no user delegation key (${refusal}), so sources of copies are read with the token`
    return { kind, delegation }
  }
  if (credential.by !== 'sas') return { kind }
  const { sas } = credential
  const until = sas.endsMs === undefined ? {} : { until: new Date(sas.endsMs).toISOString() }
  return { kind, permits: describeSas(sas), ...until }
}

function reportOnKind(
  kind: Family,
  endpoint: Endpoint,
  apiVersion: string,
  reachable: ReadonlyMap<Service, boolean>,
  fileUrlGuessed: boolean,
): KindReport {
  const { credential } = endpoint
  const { service } = KINDS[kind]
  const missing = hindranceIn(service, reachable.get(service), fileUrlGuessed)
  const hindrance = missing ?? hindranceTo(kind, credential, apiVersion)
  if (hindrance !== undefined) return { kind, hindrance, leftOut: [] }
  const permits = permitsOf(credential, apiVersion)
  const leftOut = kindsOf([kind]).flatMap((each) =>
    operationsOf(each).filter((name) => permits?.({ do: name }, each, []) === false),
  )
  return { kind, leftOut: [...new Set(leftOut)] }
}

function hindranceIn(service: Service, isReachable: boolean | undefined, fileUrlGuessed: boolean): string | undefined {
  if (isReachable === undefined) return `no ${service} service is known; --file-url names that of a server`
  if (isReachable) return undefined
  return service === 'file' && fileUrlGuessed
    ? 'the file service, whose URL follows from that of the blob service, cannot be used'
    : `the ${service} service cannot be used`
}
