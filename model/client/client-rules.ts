import { classOf, LEASE_ACTIONS, type OperationClass, operationsOf } from '../operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../resource.ts'
import { type Claim, claim, doc, type Evidence, inferred } from '../rules/evidence.ts'
import type { SourceKey } from '../rules/sources.ts'
import {
  type ClientExpectation,
  type ClientField,
  type ClientRule,
  type Moment,
  SENT_FIELDS,
  type SentField,
} from './client-rule.ts'
import { resultFields } from './result-fields.ts'

const PREFIX = 'client.'
const NO_RENEW = doc('js-share-lease-client', 'renewing is for leases of shares and share snapshots only')

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
      ['outcome', claim('a result', doc(clientPage(kind, of)))],
      ['status', claim('as answered', doc('js-response'))],
      ...resultFields(kind, of).map((field): Expecting => [field, claim('as answered', doc(resultPage(kind, of)))]),
      ['remembered lease id', kept(of)],
    ],
    throws: [
      ['outcome', claim('an error from the service', doc('js-rest-error'))],
      ['status', claim('as answered', doc('js-rest-error'))],
      ['code', claim('as answered', doc('js-rest-error'))],
      ['remembered lease id', claim('unchanged', inferred('what was refused has changed nothing'))],
    ],
    unheard: [
      ['outcome', ending(kind, of)],
      ['remembered lease id', claim('unchanged', inferred('nothing is known to have changed'))],
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
    return isNoOperation(kind, of)
      ? claim('none', NO_RENEW)
      : claim('exactly one', doc('js-retry-options', 'one try means that nothing is sent again'))
  }
  if (of === 'acquire' && field === 'x-ms-proposed-lease-id') {
    return claim<ClientExpectation>(
      ['as asked', 'one of its own where none was asked'],
      doc(clientPage(kind, of), 'the id is optional when a lease client is made, and readable from then on'),
    )
  }
  if (of === 'acquire' && field === 'x-ms-lease-duration') {
    return claim<ClientExpectation>(
      ['as asked', 'infinite where none was asked'],
      doc(clientPage(kind, of), 'the duration of a lease of a share or file may be left out, and is infinite then'),
    )
  }
  return claim('as asked', doc(clientPage(kind, of)))
}

function ending(kind: ResourceKind, of: OperationClass): Claim<ClientExpectation> {
  return isNoOperation(kind, of)
    ? claim('a refusal of its own', inferred('a caller who asks for it should be told that there is no renew'))
    : claim('an error of the connection', doc('js-rest-error', 'an error without a response has no status'))
}

/** A lease client carries the id that it was made with from call to call; acquire and change give it another one. */
function kept(of: OperationClass): Claim<ClientExpectation> {
  const evidence: Evidence = inferred('the id of a lease client is sent with its next call')
  return of === 'acquire' || of === 'change' ? claim('the answered id', evidence) : claim('unchanged', evidence)
}

/** The reference page of the client that a call goes through. */
function clientPage(kind: ResourceKind, of: OperationClass): SourceKey {
  if (!isLeaseCall(of)) return packagePage(kind)
  return isFileService(kind) ? 'js-share-lease-client' : 'js-blob-lease-client'
}

function resultPage(kind: ResourceKind, of: OperationClass): SourceKey {
  if (!isLeaseCall(of)) return packagePage(kind)
  return isFileService(kind) ? 'js-share-lease' : 'js-blob-lease'
}

function packagePage(kind: ResourceKind): SourceKey {
  return isFileService(kind) ? 'js-file-share-package' : 'js-blob-package'
}

function isLeaseCall(of: OperationClass): boolean {
  return (LEASE_ACTIONS as readonly string[]).includes(of)
}

function isFileService(kind: ResourceKind): boolean {
  return kind === 'share' || kind === 'share-snapshot' || kind === 'file'
}
