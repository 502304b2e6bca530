import { createHmac } from 'node:crypto'
import { readSas, type Sas } from './sas.ts'

/** The version whose format the signatures have: that of before encryption scopes, which every server knows. */
const SIGNED_VERSION = '2020-08-04'

export interface AccountSasTerms {
  readonly account: string
  /** The account key, base64. */
  readonly key: string
  /** `sp` */
  readonly permissions: string
  /** `srt` */
  readonly resources: string
  /** `ss` */
  readonly services: string
  /** Milliseconds since the epoch. */
  readonly untilMs: number
}

/** A shared access signature of an account. Source: "Create an account SAS". */
export function signedAccountSas({ account, key, permissions, resources, services, untilMs }: AccountSasTerms): Sas {
  const fields = { sp: permissions, ss: services, srt: resources, se: timeText(untilMs), sv: SIGNED_VERSION }
  // Not limited: start, addresses, protocol.
  const text = [account, permissions, services, resources, '', fields.se, '', '', SIGNED_VERSION, ''].join('\n')
  return signed(fields, text, key)
}

export interface ContainerSasTerms extends Pick<AccountSasTerms, 'account' | 'key' | 'permissions' | 'untilMs'> {
  readonly container: string
}

/** A shared access signature of a container and the blobs in it. Source: "Create a service SAS". */
export function signedContainerSas({ account, key, permissions, container, untilMs }: ContainerSasTerms): Sas {
  const fields = { sp: permissions, se: timeText(untilMs), sv: SIGNED_VERSION, sr: 'c' }
  const resource = `/blob/${account}/${container}`
  // Not limited: start, policy, addresses, protocol. No snapshot, and none of the five response headers overridden.
  const limits = [permissions, '', fields.se, resource, '', '', '', SIGNED_VERSION, 'c', '']
  return signed(fields, [...limits, '', '', '', '', ''].join('\n'), key)
}

function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

function signed(fields: Readonly<Record<string, string>>, text: string, key: string): Sas {
  const sig = createHmac('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64')
  return readSas(new URLSearchParams({ ...fields, sig }).toString(), 0)
}
