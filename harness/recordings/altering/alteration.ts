import { leaseIdArgument } from '../../../model/lease-id.ts'
import type { RecordedExchange, Recording } from '../importing/recorded-exchange.ts'
import type { ExchangeVerdict } from '../verifying/verify-recording.ts'
import { ALTERED_FIELDS, type AlteredField, PARTS } from './altered-field.ts'

/** One field of one exchange with another value. */
export interface Alteration {
  readonly field: AlteredField
  /** The number of the exchange in its recording, from 0. */
  readonly index: number
  readonly from: string
  readonly to: string
}

/** The values that each field has in recorded lease exchanges, sorted. */
export type Pools = ReadonlyMap<AlteredField, readonly string[]>

/**
 * Whether an exchange is altered: it is explained, and is about a lease or shows one. Some refuse or succeed without a word about
 * the lease; their alterations are not about leases.
 */
export function isAltered(verdict: ExchangeVerdict): boolean {
  if (verdict.result !== 'explained') return false
  return verdict.onLease || verdict.exchange.responseHeaders['x-ms-lease-state'] !== undefined
}

/** Collects the values of some verdicts. */
export function poolsOf(verdicts: Iterable<ExchangeVerdict>): Pools {
  const pools = new Map<AlteredField, Set<string>>()
  for (const verdict of verdicts) {
    if (!isAltered(verdict)) continue
    for (const field of fieldsOf(verdict)) {
      const value = PARTS[field].read(verdict.exchange)
      if (value === undefined) continue
      const pool = pools.get(field) ?? new Set()
      pools.set(field, pool.add(value))
    }
  }
  return new Map([...pools].map(([field, pool]) => [field, [...pool].sort()]))
}

/** What a read says of a lease is altered too, but its status and code are none of the lease's. */
function fieldsOf({ onLease }: ExchangeVerdict): readonly AlteredField[] {
  return onLease ? ALTERED_FIELDS : REPORTED
}

const REPORTED: readonly AlteredField[] = ['lease state', 'lease status', 'lease duration']

/** Every alteration of a recording, in a fixed order. */
export function* alterationsOf(
  { exchanges }: Recording,
  verdicts: readonly ExchangeVerdict[],
  pools: Pools,
): Generator<Alteration> {
  for (const [index, verdict] of verdicts.entries()) {
    if (!isAltered(verdict)) continue
    for (const field of fieldsOf(verdict)) {
      const from = PARTS[field].read(verdict.exchange)
      if (from === undefined) continue
      for (const to of othersThan(from, field, exchanges, pools)) yield { field, index, from, to }
    }
  }
}

/** The recording with an alteration. */
export function withAlteration(recording: Recording, { field, index, to }: Alteration): Recording {
  const exchanges = recording.exchanges.map((each, place) => (place === index ? PARTS[field].write(each, to) : each))
  return { ...recording, exchanges }
}

function othersThan(
  from: string,
  field: AlteredField,
  exchanges: readonly RecordedExchange[],
  pools: Pools,
): readonly string[] {
  const all = (pools.get(field) ?? []).filter((value) => !isSameValue(field, value, from))
  if (PARTS[field].values === 'of all recordings') return all
  const here = new Set(exchanges.flatMap(idsIn))
  const foreign = all.find((value) => !here.has(sameId(value)))
  const own = all.filter((value) => here.has(sameId(value)))
  return foreign === undefined ? own : [...own, foreign]
}

const ID_HEADERS = ['x-ms-lease-id', 'x-ms-proposed-lease-id'] as const

function idsIn({ requestHeaders = {}, responseHeaders }: RecordedExchange): readonly string[] {
  return ID_HEADERS.flatMap((name) => [requestHeaders[name], responseHeaders[name]]).flatMap((each) =>
    each === undefined ? [] : [sameId(each)],
  )
}

function isSameValue(field: AlteredField, a: string, b: string): boolean {
  return PARTS[field].values === 'of the same recording' ? sameId(a) === sameId(b) : a === b
}

/** An id as it is compared: its spelling does not matter. */
function sameId(text: string): string {
  const read = leaseIdArgument(text)
  return read.given === 'guid' ? read.id : text
}
