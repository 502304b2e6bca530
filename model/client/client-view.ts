import { leaseIdArgument } from '../lease-id.ts'
import type { ResourceKind } from '../resource.ts'
import type { AnswerHeader } from '../rules/rule.ts'
import type { Exchange } from '../trace.ts'
import type { ClientAccount, ClientReturn, RememberedTags } from './client-account.ts'
import {
  type ClientExpectation,
  type ClientField,
  type ClientRule,
  REMEMBERED_TAGS,
  type RememberedTag,
  type SentField,
} from './client-rule.ts'
import { documentedNames } from './documented.ts'
import { isInvalid } from './invalid-argument.ts'
import { sentValue } from './sent-value.ts'

/** One call: what the client was asked and gave, and what went over the wire meanwhile. */
export interface Seen {
  readonly kind: ResourceKind
  readonly account: ClientAccount
  readonly exchanges: readonly Exchange[]
}

/** Whether a field holds what is expected of it. */
export function satisfies(expectation: ClientExpectation, field: ClientField, seen: Seen): boolean {
  const { account, exchanges } = seen
  const { asked, remembered } = account
  switch (expectation) {
    case 'exactly one':
      return countOf(seen) === 1
    case 'none':
      return countOf(seen) === 0
    case 'as asked':
      return wasSent(field, seen) === sentValue(field as SentPart, asked)
    case 'one of its own where none was asked':
      return asked.proposedLeaseId.given === 'none' && exchanges[0]?.operation.proposedLeaseId.given === 'guid'
    case 'infinite where none was asked':
      return asked.duration === undefined && exchanges[0]?.operation.duration?.value === -1
    case 'a result':
    case 'an error from the service':
    case 'an error of the connection':
    case 'a refusal of its own':
      return outcomeOf(account.returned) === expectation
    case 'as answered':
      return isTag(field)
        ? tagAfter(field, seen) === answered(REMEMBERED_TAGS[field], seen)
        : told(field, account.returned) === answered(field, seen)
    case 'as documented':
      return namesFor(seen)?.includes(nameIn(account.returned)) ?? true
    case 'the answered id':
      return remembered === undefined || idOf(remembered.after) === answered('x-ms-lease-id', seen)
    case 'no id':
      return remembered?.after === ''
    case 'unchanged':
      if (isTag(field)) return tagAfter(field, seen) === tagBefore(field, seen)
      return remembered === undefined || idOf(remembered.after) === idOf(remembered.before)
    default:
      return expectation satisfies never
  }
}

/** What a rule expects, in words for people, with the value where it is the same in every run. */
export function expectedIn({ field, expect }: ClientRule, seen: Seen): string {
  const names = expect.values[0] === 'as documented' ? namesFor(seen) : undefined
  const words = names?.join(' or ') ?? expect.values.join(' or ')
  const value = isSpeakable(field) ? answered(field, seen) : undefined
  return expect.values[0] === 'as answered' && value !== undefined ? `${value}, ${words}` : words
}

/** What a field holds, in words that do not depend on the run. */
export function observedIn({ field, moment }: ClientRule, seen: Seen): string {
  const { account } = seen
  switch (field) {
    case 'requests':
      return countOf(seen) > 0 ? String(countOf(seen)) : `none, and ${endOf(account.returned)}`
    case 'outcome':
      return endOf(account.returned)
    case 'remembered lease id':
      if (account.remembered?.after === '') return 'no lease id'
      return idOf(account.remembered?.after) === idOf(account.remembered?.before)
        ? 'the id from before'
        : 'another lease id'
    case 'remembered etag':
    case 'remembered last-modified':
      if (tagAfter(field, seen) === undefined) return 'absent'
      return tagAfter(field, seen) === tagBefore(field, seen) ? 'the value from before' : 'another value'
    case 'error name':
      return nameIn(account.returned)
    default:
      return moment === 'sends' ? sentInWords(field as SentPart, seen) : toldInWords(field, account.returned)
  }
}

/**
 * Whether a rule speaks of something that this client and this call have: some libraries show less of an answer than others, and
 * are documented to.
 */
export function isTold({ moment, field }: ClientRule, seen: Seen): boolean {
  const { tells, documented } = seen.account
  if (isTag(field)) {
    const isPromised = documented?.leaseClient?.includes(REMEMBERED_TAGS[field]) === true
    return isPromised || tagBefore(field, seen) !== undefined || tagAfter(field, seen) !== undefined
  }
  const isOfResult = moment === 'returns' && field !== 'outcome' && field !== 'remembered lease id'
  return !isOfResult || tells === undefined || tells.includes(field)
}

/** Whether a client refused by itself what the service would refuse in any case. */
export function isOwnRefusal(seen: Seen): boolean {
  const { account, kind } = seen
  return countOf(seen) === 0 && outcomeOf(account.returned) === 'a refusal of its own' && isInvalid(account.asked, kind)
}

function countOf({ account, exchanges }: Seen): number {
  return exchanges.length + (account.otherRequests ?? 0)
}

type SentPart = Exclude<SentField, 'requests'>

function wasSent(field: ClientField, { exchanges }: Seen): string | undefined {
  return exchanges[0] && sentValue(field as SentPart, exchanges[0].operation)
}

function sentInWords(field: SentPart, seen: Seen): string {
  const value = wasSent(field, seen)
  if (value === undefined) return field === 'operation' ? 'a request about nothing that is known' : 'absent'
  if (field.endsWith('lease-id')) return leaseIdArgument(value).given === 'guid' ? 'another lease id' : 'not a lease id'
  return field === 'resource' || field === 'source' || field === 'condition' ? `another ${field}` : value
}

function isTag(field: ClientField): field is RememberedTag {
  return field in REMEMBERED_TAGS
}

function tagBefore(field: RememberedTag, { account }: Seen): string | undefined {
  return account.tags && tagIn(account.tags.before, field)
}

function tagAfter(field: RememberedTag, { account }: Seen): string | undefined {
  return account.tags && tagIn(account.tags.after, field)
}

function tagIn({ etag, lastModified }: RememberedTags, field: RememberedTag): string | undefined {
  return comparable(REMEMBERED_TAGS[field], field === 'remembered etag' ? etag : lastModified)
}

/** What the error for an answer may be called, if the library's documentation says it. */
function namesFor({ account, exchanges }: Seen): readonly string[] | undefined {
  const answer = exchanges.at(-1)?.answer
  return answer && account.documented && documentedNames(account.documented, answer)
}

function nameIn(returned: ClientReturn): string {
  return returned.kind === 'threw' ? returned.errorName : ''
}

function outcomeOf(returned: ClientReturn): ClientExpectation | undefined {
  if (returned.kind === 'returned') return 'a result'
  switch (returned.because) {
    case 'service':
      return 'an error from the service'
    case 'connection':
      return 'an error of the connection'
    case 'client':
      return 'a refusal of its own'
    case 'accident':
      return undefined
    default:
      return returned.because satisfies never
  }
}

function endOf(returned: ClientReturn): string {
  return returned.kind === 'returned' ? 'a result' : `${returned.errorName} thrown`
}

/** What the caller was told in a field, in the form in which it is compared. */
function told(field: ClientField, returned: ClientReturn): string | undefined {
  if (field === 'status') return text(returned.status)
  if (field === 'code') return returned.kind === 'threw' ? returned.code : undefined
  return comparable(field as AnswerHeader, returned.kind === 'returned' ? returned.headers[field] : undefined)
}

function answered(field: ClientField, { exchanges }: Seen): string | undefined {
  const answer = exchanges.at(-1)?.answer
  if (field === 'status') return text(answer?.status)
  if (field === 'code') return answer?.code
  return comparable(field as AnswerHeader, answer?.headers[field])
}

function toldInWords(field: ClientField, returned: ClientReturn): string {
  const value = told(field, returned)
  if (value === undefined) return 'absent'
  if (isSpeakable(field)) return value
  return field === 'x-ms-lease-id' ? 'another lease id' : 'another value'
}

/** Fields whose values are neither ids nor times. */
const SPEAKABLE: readonly ClientField[] = [
  'status',
  'code',
  'x-ms-lease-state',
  'x-ms-lease-status',
  'x-ms-lease-duration',
]

function isSpeakable(field: ClientField): boolean {
  return SPEAKABLE.includes(field)
}

/** Ids and dates are compared by value: a client may hold them as something else than text. */
function comparable(header: AnswerHeader, value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  if (header === 'x-ms-lease-id') return idOf(value)
  return header === 'last-modified' ? String(Date.parse(value) || value) : value
}

function idOf(text: string | undefined): string | undefined {
  const read = leaseIdArgument(text)
  return read.given === 'guid' ? read.id : text
}

function text(status: number | undefined): string | undefined {
  return status === undefined ? undefined : String(status)
}
