import { createHmac } from 'node:crypto'

/** A key that the blob service gives to the holder of a token, to sign with instead of the account key. Source: Get User Delegation Key. */
export interface DelegationKey {
  readonly objectId: string
  readonly tenantId: string
  readonly starts: string
  readonly expires: string
  readonly service: string
  readonly version: string
  /** Base64. */
  readonly value: string
}

/** The version whose format the signature has. */
const SIGNED_VERSION = '2020-10-02'

export interface DelegatedResource {
  readonly account: string
  /** `container` or `container/blob`, not encoded. */
  readonly name: string
  /** The time of a snapshot of it; empty: of the resource itself. */
  readonly snapshot?: string
  readonly permissions: string
  /** Milliseconds since the epoch. */
  readonly untilMs: number
}

/**
 * The query, without a question mark, of a user delegation SAS of a blob, a snapshot or a container.
 * Source: "Create a user delegation SAS", version 2020-02-10 and later.
 */
export function userDelegationSas(key: DelegationKey, resource: DelegatedResource): string {
  const { account, name, snapshot = '', permissions, untilMs } = resource
  const sr = !name.includes('/') ? 'c' : snapshot === '' ? 'b' : 'bs'
  const se = new Date(Math.min(untilMs, Date.parse(key.expires))).toISOString().replace(/\.\d+Z$/, 'Z')
  const signing = [key.objectId, key.tenantId, key.starts, key.expires, key.service, key.version]
  // Not limited: start, who is let in further, addresses, protocol. Not overridden: scope and the five response headers.
  const text = [
    ...[permissions, '', se, `/blob/${account}/${name}`, ...signing],
    ...['', '', '', '', '', SIGNED_VERSION, sr, snapshot, '', '', '', '', ''],
  ]
  const sig = createHmac('sha256', Buffer.from(key.value, 'base64')).update(text.join('\n')).digest('base64')
  const [skoid, sktid, skt, ske, sks, skv] = signing as [string, string, string, string, string, string]
  const fields = { sp: permissions, se, sv: SIGNED_VERSION, sr, skoid, sktid, skt, ske, sks, skv, sig }
  return new URLSearchParams(fields).toString()
}

const FIELDS = {
  objectId: 'SignedOid',
  tenantId: 'SignedTid',
  starts: 'SignedStart',
  expires: 'SignedExpiry',
  service: 'SignedService',
  version: 'SignedVersion',
  value: 'Value',
} as const satisfies Record<keyof DelegationKey, string>

/** Reads the answer to Get User Delegation Key; undefined if it is none. */
export function readDelegationKey(body: string): DelegationKey | undefined {
  const read = Object.entries(FIELDS).map(([name, element]) => [
    name,
    new RegExp(`<${element}>([^<]+)</${element}>`).exec(body)?.[1],
  ])
  return read.some(([, value]) => value === undefined) ? undefined : (Object.fromEntries(read) as DelegationKey)
}

/** What Get User Delegation Key is asked with: a key from a moment ago, since clocks differ, for a day. */
export function delegationKeyInfo(nowMs: number): string {
  const [start, expiry] = [nowMs - 5 * 60_000, nowMs + 24 * 3_600_000].map((ms) =>
    new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z'),
  )
  return `<?xml version="1.0" encoding="utf-8"?><KeyInfo><Start>${start}</Start><Expiry>${expiry}</Expiry></KeyInfo>`
}
