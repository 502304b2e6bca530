import { LEASE_ACTIONS, type OperationClass } from '../../operation.ts'
import type { ResourceKind } from '../../resource.ts'
import { claim, doc, inferred } from '../evidence.ts'
import { perhaps, type Rule, refusal, refused, rulesOf } from '../rule.ts'
import { useClassesOf } from '../use-classes.ts'
import { GIVEN } from '../vocabulary.ts'
import { INVALID, MISSING, refusedIfEmptyCounts, refusedIfLookedAt, seen } from './header-faults.ts'
import { leaseActionSyntax } from './lease-action-syntax.ts'

/** Malformed and missing headers are refused before anything is looked at, and nothing changes. */
export function syntaxRules(kind: ResourceKind): readonly Rule[] {
  return [...leaseActions(kind), ...unknownAction(kind), ...uses(kind)]
}

/** A snapshot of a blob takes no lease operation at all, so that the headers of one do not matter. */
function leaseActions(kind: ResourceKind): readonly Rule[] {
  if (kind !== 'blob-snapshot') return leaseActionSyntax(kind)
  return [rulesOf(kind, 'syntax', 'syntax')('lease-operation.ok', LEASE_ACTIONS, {})]
}

/** Without an action nobody can say what else the request should carry, so that nothing else matters. */
function unknownAction(kind: ResourceKind): readonly Rule[] {
  if (!useClassesOf(kind).includes('lease')) return []
  const rule = rulesOf(kind, 'syntax', 'syntax')
  const oneOfFive = inferred('the action is one of five names')
  return [
    rule(
      'lease.missing-action',
      ['lease'],
      { action: ['missing'] },
      refusal(claim(400, oneOfFive), claim([MISSING, INVALID], inferred('an empty action may count as one or none'))),
    ),
    rule('lease.unknown-action', ['lease'], { action: ['unknown'] }, refused(400, INVALID, oneOfFive)),
  ]
}

/** A listing and the creation of a container or share have no lease id. */
const WITHOUT_ID: readonly OperationClass[] = ['list', 'make']

function uses(kind: ResourceKind): readonly Rule[] {
  const rule = rulesOf(kind, 'syntax', 'syntax')
  const classes = useClassesOf(kind).filter((of) => of !== 'lease')
  const withId = classes.filter((of) => !WITHOUT_ID.includes(of))
  const withoutId = classes.filter((of) => WITHOUT_ID.includes(of))
  return [
    rule(
      'use.malformed-id',
      withId,
      { leaseId: ['malformed'] },
      refused(400, INVALID, doc('common-error-codes', 'of any header'), ...seen(kind, 'malformed id on a use')),
    ),
    perhaps('whatever follows', rule('use.empty-id', withId, { leaseId: ['empty'] }, refusedIfEmptyCounts())),
    rule('use.ok', withId, { leaseId: ['none', ...GIVEN] }),
    ...withoutId.flatMap((of) => [
      rule(`${of}.ok`, [of], { leaseId: ['none'] }),
      perhaps(
        'whatever follows',
        rule(
          `${of}.with-id`,
          [of],
          { leaseId: ['empty', 'malformed', ...GIVEN] },
          refusedIfLookedAt('the operation has no lease id; whether one that is sent is looked at is not documented'),
        ),
      ),
    ]),
  ]
}
