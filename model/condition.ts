import type { Resource } from './resource.ts'

/** The conditional headers of lease operations and uses. Source: Specifying conditional headers for Blob service operations. */
export const CONDITION_HEADERS = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'x-ms-if-tags',
] as const
export type ConditionHeader = (typeof CONDITION_HEADERS)[number]

/** One conditional header and its text. */
export interface Condition {
  readonly header: ConditionHeader
  readonly value: string
}

/**
 * What a condition asks for, in a scenario: `current` is the ETag that an answer gave last, `other` one that no resource
 * has; `past` and `future` are far from every run; tags `met` and `unmet` speak of the one tag that our blobs carry.
 */
export const CONDITION_SYMBOLS = [
  'if-match:current',
  'if-match:other',
  'if-match:*',
  'if-none-match:current',
  'if-none-match:other',
  'if-none-match:*',
  'if-modified-since:past',
  'if-modified-since:future',
  'if-unmodified-since:past',
  'if-unmodified-since:future',
  'x-ms-if-tags:met',
  'x-ms-if-tags:unmet',
] as const
export type ConditionSymbol = (typeof CONDITION_SYMBOLS)[number]

/** An ETag such as the service makes them, and that no resource of ours has. */
const OTHER_ETAG = '"0x8C0000000000001"'
const PAST = 'Sat, 01 Jan 2000 00:00:00 GMT'
const FUTURE = 'Fri, 01 Jan 2100 00:00:00 GMT'

/** The tag that every blob of a scenario carries from its creation on: name and value. */
export const TAG = ['leasecheck', 'yes'] as const
const TAGS_MET = `"${TAG[0]}" = '${TAG[1]}'`
const TAGS_UNMET = `"${TAG[0]}" = 'no'`

/** The value of a condition that was sent and that nobody has seen: it may hold or not. */
export const UNTOLD = 'a value that was not recorded'

/** The header that a symbol stands for, given the ETag that the client remembers. */
export function conditionOf(symbol: ConditionSymbol, etag: string | undefined): Condition {
  const [header, value] = symbol.split(/:(.*)/s) as [ConditionHeader, string]
  return { header, value: VALUES[value] ?? (value === 'current' ? (etag ?? OTHER_ETAG) : value) }
}

const VALUES: Readonly<Record<string, string>> = {
  other: OTHER_ETAG,
  past: PAST,
  future: FUTURE,
  met: TAGS_MET,
  unmet: TAGS_UNMET,
}

/**
 * Whether a condition holds of a resource; `wildcard` is If-None-Match: * where something exists, which does not hold
 * either and has answers of its own. Undefined: it depends on an ETag that nobody has seen yet.
 */
export function isMet({ header, value }: Condition, resource: Resource): boolean | 'wildcard' | undefined {
  const exists = resource.existence === 'present'
  if (value === UNTOLD && exists) return undefined
  switch (header) {
    case 'if-match':
      return value === '*' ? exists : exists && hasTag(resource, value)
    case 'if-none-match':
      if (value === '*') return exists ? 'wildcard' : true
      return negated(exists && hasTag(resource, value))
    case 'if-modified-since':
      return isChangedAfter(value, resource)
    case 'if-unmodified-since':
      return negated(isChangedAfter(value, resource))
    case 'x-ms-if-tags':
      return exists && (value === TAGS_MET ? true : value === TAGS_UNMET ? false : undefined)
    default:
      return header satisfies never
  }
}

function hasTag({ etag }: Resource, value: string): boolean | undefined {
  if (value === OTHER_ETAG) return false
  return etag === undefined ? undefined : etag === value
}

/** Whether the content was changed after a date; where nobody has seen when it was, only dates far from every run can be told. */
function isChangedAfter(date: string, { existence, lastModified = '' }: Resource): boolean | undefined {
  if (existence !== 'present') return false
  if (date === PAST) return true
  if (date === FUTURE) return false
  const [changedMs, dateMs] = [Date.parse(lastModified), Date.parse(date)]
  return Number.isNaN(changedMs) || Number.isNaN(dateMs) ? undefined : changedMs > dateMs
}

function negated(met: boolean | undefined): boolean | undefined {
  return met === undefined ? undefined : !met
}
