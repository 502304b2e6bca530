import type { ResourceKind } from '../../resource.ts'
import { claim, doc, type Evidence, inferred, open, recorded, sdkTest } from '../evidence.ts'
import { anySpelling, spellings } from '../kind-evidence.ts'
import {
  header,
  type Next,
  type Outcome,
  type Rule,
  refusal,
  refused,
  rulesOf,
  success,
  transitionsOf,
} from '../rule.ts'
import { ANOTHER, GIVEN, HELD_ANYHOW, NOT_GIVEN, NOT_PROPOSED, PROPOSED_ANOTHER } from '../vocabulary.ts'
import { leaseHeaders, MISMATCH, NOT_PRESENT } from './lease-answers.ts'

const FILE: ResourceKind = 'file'
const PRESENT = 'LeaseAlreadyPresent'
const PAGE = doc('lease-file')
const STRIPPED = 'the ids were taken out of the recordings; the names of the sessions tell them'

/**
 * Leases of files: three states, since the only lease there is has no end and breaks at once. The page tells every status;
 * the codes of what was not recorded are those of blobs and containers.
 */
export function fileLeaseRules(): readonly Rule[] {
  return [...acquire(), renew(), ...change(), ...release(), ...breaking(), ...breakPeriods()]
}

function acquire(): readonly Rule[] {
  const rule = transitionsOf(FILE, 'acquire')
  const acquired = (...evidence: readonly Evidence[]) =>
    success(201, 'leased', 'starts', leaseHeaders(FILE, 'acquire'), PAGE, ...evidence)
  const proposals = {
    held: ['held', 'former', 'fresh'],
    otherwise: ['held, spelt otherwise', 'fresh, spelt otherwise'],
  } as const
  const whenUnlocked = (state: 'available' | 'broken', none: readonly Evidence[], proposed: readonly Evidence[]) => [
    rule(`${state}.no-proposal`, { state: [state], proposedLeaseId: NOT_PROPOSED }, acquired(...none)),
    rule(`${state}.proposal`, { state: [state], proposedLeaseId: proposals.held }, acquired(...proposed)),
    rule(
      `${state}.proposal-spelt-otherwise`,
      { state: [state], proposedLeaseId: proposals.otherwise },
      acquired(anySpelling(FILE)),
    ),
  ]
  return [
    ...whenUnlocked('available', [recorded(4)], [recorded(138)]),
    ...whenUnlocked('broken', [], [recorded(2, STRIPPED)]),
    ...spellings(FILE).map(({ suffix, ids, known }) =>
      rule(
        `leased.${suffix}`,
        { state: ['leased'], proposedLeaseId: ids as typeof PROPOSED_ANOTHER },
        acquired(...known(recorded(4))),
      ),
    ),
    rule(
      'leased.no-proposal',
      { state: ['leased'], proposedLeaseId: NOT_PROPOSED },
      refusedWith(PRESENT, 'as with another id'),
    ),
    rule(
      'leased.another',
      { state: ['leased'], proposedLeaseId: PROPOSED_ANOTHER },
      refused(409, PRESENT, PAGE, recorded(2, STRIPPED)),
    ),
  ]
}

/** Nobody documents what a renew answers: clients do not offer it, and the only lease needs none. */
function renew(): Rule {
  return transitionsOf(FILE, 'renew')(
    'undocumented',
    {},
    refusal(
      open([400, 405, 409, 412], inferred('it is not among the actions of the page')),
      open([
        'InvalidHeaderValue',
        'UnsupportedHeader',
        'UnsupportedHttpVerb',
        'InvalidInput',
        'InvalidOperation',
        MISMATCH,
        NOT_PRESENT,
      ]),
    ),
  )
}

function change(): readonly Rule[] {
  const rule = transitionsOf(FILE, 'change')
  const changed = (...evidence: readonly Evidence[]) =>
    success(200, 'id changed', 'kept', leaseHeaders(FILE, 'change'), ...evidence)
  return [
    rule('available', { state: ['available'] }, refused(409, NOT_PRESENT, PAGE, recorded(2, STRIPPED))),
    rule('broken', { state: ['broken'] }, refusedWith(NOT_PRESENT, 'as while available')),
    ...spellings(FILE).flatMap(({ suffix, ids, known }) => [
      rule(
        `leased.${suffix}`,
        { state: ['leased'], leaseId: ids, proposedLeaseId: PROPOSED_ANOTHER },
        changed(PAGE, ...known(recorded(12))),
      ),
      rule(
        `leased.${suffix}-to-itself`,
        { state: ['leased'], leaseId: ids, proposedLeaseId: HELD_ANYHOW },
        changed(inferred('a change to the id that is held succeeds even with a wrong id; the page is silent')),
      ),
    ]),
    rule(
      'leased.another-to-held',
      { state: ['leased'], leaseId: ANOTHER, proposedLeaseId: HELD_ANYHOW },
      changed(PAGE),
    ),
    rule(
      'leased.another',
      { state: ['leased'], leaseId: ANOTHER, proposedLeaseId: PROPOSED_ANOTHER },
      refusedWith(MISMATCH, 'as for a blob'),
    ),
  ]
}

function release(): readonly Rule[] {
  const rule = transitionsOf(FILE, 'release')
  const released = (...evidence: readonly Evidence[]) =>
    success(200, 'available', 'none', leaseHeaders(FILE, 'release'), PAGE, ...evidence)
  return [
    rule('available', { state: ['available'], leaseId: GIVEN }, refusedWith(MISMATCH, 'as for a blob')),
    ...spellings(FILE).flatMap(({ suffix, ids, known }) => [
      rule(`leased.${suffix}`, { state: ['leased'], leaseId: ids }, released(...known(recorded(12)))),
      rule(`broken.${suffix}`, { state: ['broken'], leaseId: ids }, released(...known(recorded(4, STRIPPED)))),
    ]),
    rule(
      'leased.another',
      { state: ['leased'], leaseId: ANOTHER },
      refusedWith(MISMATCH, 'as for a blob', sdkTest('cpp-v7-file-tests', 'an id that is no longer held')),
    ),
    rule('broken.another', { state: ['broken'], leaseId: ANOTHER }, refusedWith(MISMATCH, 'as for a blob')),
  ]
}

/** A break ends the lease at once, whatever id it is given. */
function breaking(): readonly Rule[] {
  const rule = transitionsOf(FILE, 'break')
  const broken = (next: Next, ...evidence: readonly Evidence[]) => {
    const time = [header('x-ms-lease-time', claim('0', PAGE, ...evidence))]
    return success(202, next, 'none', leaseHeaders(FILE, 'break', time), PAGE, ...evidence)
  }
  const notPresent = refusedWith(NOT_PRESENT, 'as for a blob')
  return [
    rule('available', { state: ['available'], leaseId: NOT_GIVEN }, notPresent),
    rule('available.with-id', { state: ['available'], leaseId: GIVEN }, notPresent),
    rule('leased', { state: ['leased'], leaseId: NOT_GIVEN }, broken('broken', recorded(8))),
    rule(
      'leased.with-id',
      { state: ['leased'], leaseId: GIVEN },
      broken('broken', recorded(2, 'with the right id; the page lets any id break')),
    ),
    rule('broken', { state: ['broken'], leaseId: NOT_GIVEN }, broken('stays', recorded(2, STRIPPED))),
    rule('broken.with-id', { state: ['broken'], leaseId: GIVEN }, broken('stays')),
  ]
}

/** The page has no break period: it may be ignored or refused. */
function breakPeriods(): readonly Rule[] {
  const rule = rulesOf(FILE, 'lease', 'lease')
  return [
    rule('break.no-period', ['break'], { breakPeriod: ['absent'] }),
    {
      ...rule(
        'break.period',
        ['break'],
        { breakPeriod: ['invalid', 'zero', 'shorter', 'equal', 'longer'] },
        refusal(
          claim(400, inferred('a header that the page does not know')),
          open(['InvalidHeaderValue', 'UnsupportedHeader', 'InvalidInput']),
        ),
      ),
      also: 'whatever follows',
    },
  ]
}

function refusedWith(code: string, why: string, ...known: readonly Evidence[]): Outcome {
  return refusal(claim(409, PAGE, ...known), claim(code, inferred(why)))
}
