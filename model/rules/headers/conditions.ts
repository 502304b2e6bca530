import { takesConditions } from '../../condition-support.ts'
import type { FeatureValue, Guard } from '../../features.ts'
import { LEASE_ACTIONS, type LeaseAction, type OperationClass } from '../../operation.ts'
import type { ResourceKind } from '../../resource.ts'
import { inPart, recorded } from '../evidence.ts'
import { type Outcome, perhaps, type Rule, rulesOf } from '../rule.ts'
import { isLeaseClass, useClassesOf } from '../use-classes.ts'
import { ANOTHER, GIVEN, HELD_ANYHOW, LOCKED, NOT_GIVEN, UNLOCKED } from '../vocabulary.ts'
import { CREATIONS, creationConditions } from './creation-conditions.ts'
import { headerNotTaken, TAKEN, UNMET_SNAPSHOT, unmet, wildcard } from './unmet-conditions.ts'

const READS: readonly OperationClass[] = ['observe', 'read', 'read blocks', 'read tags', 'list']
const NOT_MODIFIED: readonly FeatureValue<'conditionOn'>[] = ['if-none-match', 'if-modified-since']
const PRECONDITIONS = TAKEN.filter((each) => !NOT_MODIFIED.includes(each))

/** Of writes only these were recorded; whether a mark, a seal or a deletion is stopped the pages tell. */
const SOME_WRITES = inPart(recorded(12, 'Append Block, Set Blob Properties, and Put Page under a condition on tags'))
/** Of reads only that one was recorded. */
const ONLY_PROPERTIES = inPart(recorded(2, 'Get Blob Properties'))

/** How often lease operations were recorded that an unmet condition stopped. */
const STOPPED: Readonly<Record<'blob' | 'container', Readonly<Record<LeaseAction, number>>>> = {
  blob: { acquire: 230, renew: 48, change: 50, release: 48, break: 50 },
  container: { acquire: 110, renew: 20, change: 22, release: 20, break: 22 },
}

/**
 * Conditional headers. A missing resource is told before them. A lease that refuses may be told instead: which of the two
 * comes first is documented nowhere, and recorded for `If-None-Match: *` only.
 */
export function conditionRules(kind: ResourceKind): readonly Rule[] {
  const classes = [...LEASE_ACTIONS, ...useClassesOf(kind).filter((of) => of !== 'lease')]
  const takers = classes.filter((of) => takesConditions(of, kind))
  const others = classes.filter((of) => !takers.includes(of))
  return [
    rulesOf(kind, 'condition', 'condition')('none', classes, { condition: ['none'] }),
    ...notTaken(kind, 'header-not-taken', takers, { conditionOn: ['not taken'] }),
    ...notTaken(kind, 'no-header-taken', others, {}),
    ...(kind === 'container' ? containerConditions(takers) : []),
    ...(kind === 'blob' || kind === 'blob-snapshot' ? blobConditions(kind, takers) : []),
  ]
}

/** What answers 304 where its condition does not hold may do so for a header that it is not documented to take. */
function notTaken(kind: ResourceKind, id: string, classes: readonly OperationClass[], when: Guard): readonly Rule[] {
  const any: Guard = { condition: ['met', 'unmet', 'wildcard'], ...when }
  const reads = classes.filter((of) => READS.includes(of))
  const writes = classes.filter((of) => !READS.includes(of))
  return [
    ...forSome(kind, id, writes, any, headerNotTaken(400, 412)),
    ...forSome(kind, `read.${id}`, reads, any, headerNotTaken(400, 412, 304)),
  ].map((each) => perhaps('whatever follows', each))
}

/** A container takes dates only, and only with what writes to it; lease operations count as writes. */
function containerConditions(classes: readonly OperationClass[]): readonly Rule[] {
  const stops: Guard = { condition: ['unmet', 'wildcard'], conditionOn: TAKEN }
  return [
    ...forSome('container', 'met', classes, { condition: ['met'], conditionOn: TAKEN }),
    ...[
      ...LEASE_ACTIONS.flatMap((action) =>
        forSome('container', `${action}.unmet`, [action], stops, unmet(412, recorded(STOPPED.container[action]))),
      ),
      ...forSome(
        'container',
        'use.unmet',
        classes.filter((of) => !isLeaseClass(of)),
        stops,
        unmet(412, inPart(recorded(4, 'Set Container ACL and Delete Container'))),
      ),
    ].map((each) => perhaps('later refusals', each)),
  ]
}

function blobConditions(kind: 'blob' | 'blob-snapshot', takers: readonly OperationClass[]): readonly Rule[] {
  const classes = takers.filter((of) => !CREATIONS.includes(of))
  const stops: Guard = { condition: ['unmet'], conditionOn: TAKEN }
  const actions = LEASE_ACTIONS.filter((action) => classes.includes(action))
  const snapshots = classes.filter((of) => of === 'snapshot')
  const reads = classes.filter((of) => READS.includes(of))
  const seenReads = kind === 'blob' ? [ONLY_PROPERTIES] : []
  const writes = classes.filter((of) => !isLeaseClass(of) && !READS.includes(of) && of !== 'snapshot')
  return [
    ...forSome(kind, 'met', classes, { condition: ['met'], conditionOn: TAKEN }),
    ...[
      ...actions.flatMap((action) =>
        forSome(kind, `${action}.unmet`, [action], stops, unmet(412, recorded(STOPPED.blob[action]))),
      ),
      ...forSome(kind, 'write.unmet', writes, stops, unmet(412, ...(kind === 'blob' ? [SOME_WRITES] : []))),
      ...forSome(kind, 'snapshot.unmet', snapshots, stops, UNMET_SNAPSHOT),
      ...forSome(kind, 'read.unmet', reads, { ...stops, conditionOn: PRECONDITIONS }, unmet(412, ...seenReads)),
      ...forSome(kind, 'read.not-modified', reads, { ...stops, conditionOn: NOT_MODIFIED }, unmet(304, ...seenReads)),
      ...forSome(kind, 'lease-operation.wildcard', actions, WILDCARD, wildcard(412, 400, 409)),
      ...forSome(kind, 'read.wildcard', reads, WILDCARD, wildcard(304, 400, 412)),
    ].map((each) => perhaps('later refusals', each)),
    ...wildcardOnWrites(kind, [...writes, ...snapshots]),
    ...(kind === 'blob' ? creationConditions() : []),
  ]
}

const WILDCARD: Guard = { condition: ['wildcard'], conditionOn: TAKEN }

/** The id of an active lease waives the wildcard for what may create a blob; nobody knows whether for other writes too. */
function wildcardOnWrites(kind: ResourceKind, classes: readonly OperationClass[]): readonly Rule[] {
  const refused = wildcard(412, 400, 409)
  const rule = (id: string, when: Guard) => forSome(kind, id, classes, { ...WILDCARD, ...when }, refused)
  return [
    ...rule('write.wildcard-and-held-id', { state: LOCKED, leaseId: HELD_ANYHOW }).map((each) =>
      perhaps('whatever follows', each),
    ),
    ...[
      ...rule('write.wildcard-while-locked', { state: LOCKED, leaseId: [...NOT_GIVEN, ...ANOTHER] }),
      ...rule('write.wildcard-while-unlocked', { state: UNLOCKED, leaseId: [...NOT_GIVEN, ...GIVEN] }),
    ].map((each) => perhaps('later refusals', each)),
  ]
}

/** A rule for classes, if there are any. */
function forSome(
  kind: ResourceKind,
  id: string,
  classes: readonly OperationClass[],
  when: Guard,
  ...expect: readonly Outcome[]
): readonly Rule[] {
  return classes.length === 0 ? [] : [rulesOf(kind, 'condition', 'condition')(id, classes, when, ...expect)]
}
