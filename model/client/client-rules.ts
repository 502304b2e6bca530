import { classOf, LEASE_ACTIONS, type OperationClass, operationsOf } from '../operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../resource.ts'
import { type Claim, claim, doc, inferred } from '../rules/evidence.ts'
import {
  type ClientExpectation,
  type ClientField,
  type ClientRule,
  type Moment,
  REMEMBERED_TAGS,
  type RememberedTag,
  SENT_FIELDS,
  type SentField,
} from './client-rule.ts'
import { callPages, errorPages, isLeaseCall, onePages, resultPages, tagPage } from './library-pages.ts'
import { resultFields } from './result-fields.ts'

const PREFIX = 'client.'
const NO_RENEW = doc('js-share-lease-client', 'renewing is for leases of shares and share snapshots only')
const TAGS = Object.keys(REMEMBERED_TAGS) as RememberedTag[]

/** The client's rules: what every client library has to send for a call, and to give its caller for what came back. */
export const CLIENT_RULES: readonly ClientRule[] = RESOURCE_KINDS.flatMap((kind) =>
  classesOf(kind).flatMap((of) => rulesFor(kind, of)),
)

const BY_CLASS = Map.groupBy(CLIENT_RULES, ({ kind, of }) => keyOf(kind, of))

/** The rules for calls of a class on a kind of resource. */
export function clientRulesFor(kind: ResourceKind, of: OperationClass): readonly ClientRule[] {
  return BY_CLASS.get(keyOf(kind, of)) ?? []
}

/** Whether a rule is about calls of a class on a kind of resource. */
export function isClientRuleFor(id: string, kind: ResourceKind, of: OperationClass): boolean {
  return id.startsWith(`${PREFIX}${kind}.${of}.`)
}

/** Whether a rule is one of the client's and not of the server's. */
export function isClientRule(id: string): boolean {
  return id.startsWith(PREFIX)
}

function keyOf(kind: ResourceKind, of: OperationClass): string {
  return `${kind} ${of}`
}

function classesOf(kind: ResourceKind): readonly OperationClass[] {
  return [...new Set<OperationClass>([...LEASE_ACTIONS, ...operationsOf(kind).map(classOf)])]
}

type Expecting = readonly [field: ClientField, expect: Claim<ClientExpectation>]

function rulesFor(kind: ResourceKind, of: OperationClass): readonly ClientRule[] {
  const moments: Readonly<Record<Moment, readonly Expecting[]>> = {
    sends: SENT_FIELDS.map((field) => [field, sent(field, kind, of)]),
    returns: [
      ['outcome', claim('a result', ...callPages(kind, of))],
      ['status', claim('as answered', doc('js-response'))],
      ...resultFields(kind, of).map((field): Expecting => [field, claim('as answered', ...resultPages(kind, of))]),
      ['remembered lease id', kept(of)],
      ...remembered(of, taken(kind, of)),
    ],
    throws: [
      ['outcome', claim('an error from the service', ...errorPages())],
      ['status', claim('as answered', ...errorPages())],
      ['code', claim('as answered', ...errorPages())],
      ['error name', claim('as documented', ...errorPages())],
      ...unchanged(of, 'what was refused has changed nothing'),
    ],
    unheard: [['outcome', ending(kind, of)], ...unchanged(of, 'nothing is known to have changed')],
    refuses: [
      ['outcome', claim('a refusal of its own', inferred('whoever asks for what was not sent has to be told'))],
      ...unchanged(of, 'what was not sent has changed nothing'),
    ],
  }
  return Object.entries(moments).flatMap(([moment, fields]) =>
    fields.map(([field, expect]) => ({
      id: `${PREFIX}${kind}.${of}.${moment}.${field.replace(/^x-ms-/, '').replaceAll(' ', '-')}`,
      kind,
      of,
      moment: moment as Moment,
      field,
      expect,
    })),
  )
}

/** Lease File has no renew, and a client that knows it says so itself. */
function isNoOperation(kind: ResourceKind, of: OperationClass): boolean {
  return kind === 'file' && of === 'renew'
}

function sent(field: SentField, kind: ResourceKind, of: OperationClass): Claim<ClientExpectation> {
  if (field === 'requests') {
    return isNoOperation(kind, of) ? claim('none', NO_RENEW) : claim('exactly one', ...onePages(kind))
  }
  if (of === 'acquire' && field === 'x-ms-proposed-lease-id') {
    return claim<ClientExpectation>(
      ['as asked', 'one of its own where none was asked'],
      ...callPages(kind, of, 'the id is optional when a lease client is made, and readable from then on'),
    )
  }
  if (of === 'acquire' && field === 'x-ms-lease-duration') {
    return claim<ClientExpectation>(
      ['as asked', 'infinite where none was asked'],
      ...callPages(kind, of, 'where the duration may be left out, the lease is infinite then'),
    )
  }
  return claim('as asked', ...callPages(kind, of))
}

function ending(kind: ResourceKind, of: OperationClass): Claim<ClientExpectation> {
  return isNoOperation(kind, of)
    ? claim('a refusal of its own', inferred('a caller who asks for it should be told that there is no renew'))
    : claim(
        'an error of the connection',
        doc('js-rest-error', 'an error without a response has no status'),
        doc('python-exceptions', 'ServiceRequestError, ServiceResponseError'),
      )
}

/** A lease client carries the id that it was made with from call to call; acquire and change give it another one. */
function kept(of: OperationClass): Claim<ClientExpectation> {
  const evidence = inferred('the id of a lease client is sent with its next call')
  if (of === 'acquire' || of === 'change') return claim('the answered id', evidence)
  if (of === 'release')
    return claim<ClientExpectation>(['unchanged', 'no id'], inferred('whoever has released a lease holds none'))
  if (of === 'renew')
    return claim<ClientExpectation>(
      ['unchanged', 'the answered id'],
      inferred('the id that is answered is the one that was sent, unless it is the server that is wrong'),
    )
  return claim('unchanged', evidence)
}

/** What a lease client that shows the ETag and the date of its lease makes of an answer. */
function taken(kind: ResourceKind, of: OperationClass): Claim<ClientExpectation> {
  return of === 'break'
    ? claim<ClientExpectation>(['unchanged', 'as answered'], inferred('who breaks a lease need not hold it'))
    : claim('as answered', tagPage(kind))
}

function unchanged(of: OperationClass, reason: string): readonly Expecting[] {
  const expected: Claim<ClientExpectation> = claim('unchanged', inferred(reason))
  return [['remembered lease id', expected], ...remembered(of, expected)]
}

function remembered(of: OperationClass, expected: Claim<ClientExpectation>): readonly Expecting[] {
  return isLeaseCall(of) ? TAGS.map((field) => [field, expected]) : []
}
