import type { Guard } from '../features.ts'
import type { ResourceKind } from '../resource.ts'
import { claim, doc, type Evidence, inferred, recorded, sdkTest } from './evidence.ts'
import {
  type Clock,
  type HeaderClaim,
  header,
  type Next,
  type Outcome,
  type Rule,
  refused,
  success,
  transitionsOf,
} from './rule.ts'
import { GIVEN, leaseHeaders, leasePage, NOT_PRESENT } from './vocabulary.ts'

/** A break needs no id and ignores the one it is given; each row therefore stands twice, with its own evidence. */
export function breakRules(kind: ResourceKind): readonly Rule[] {
  const page = doc(leasePage(kind))
  return [
    ...rows(kind, { suffix: '', leaseId: ['none'], known: [] }, page),
    ...rows(
      kind,
      {
        suffix: '.with-id',
        leaseId: GIVEN,
        known: [
          sdkTest('cpp-v7-lease-tests', 'a wrong id breaks the lease too'),
          recorded(kind === 'blob' ? 6 : 7, 'with the right id'),
        ],
      },
      page,
    ),
  ]
}

interface Variant {
  readonly suffix: string
  readonly leaseId: NonNullable<Guard['leaseId']>
  readonly known: readonly Evidence[]
}

function rows(kind: ResourceKind, { suffix, leaseId, known }: Variant, page: Evidence): readonly Rule[] {
  const tests = sdkTest('net-v11-lease-tests')
  const blob = kind === 'blob'
  const transition = transitionsOf(kind, 'break')
  const rule = (id: string, when: Guard, outcome: Outcome) =>
    transition(`${id}${suffix}`, { ...when, leaseId }, outcome)
  const broken = (next: Next, clock: Clock, time: readonly HeaderClaim[], ...evidence: readonly Evidence[]) =>
    success(202, next, clock, leaseHeaders(kind, 'break', time), page, ...evidence)
  const atOnce = (...evidence: readonly Evidence[]) =>
    broken('broken', 'none', time('0', page, ...evidence), ...evidence)
  const afterThePeriod = (...evidence: readonly Evidence[]) =>
    broken(
      'breaking',
      'after the break period',
      time(['the break period', 'the break period - 1'], page, ...evidence),
      ...evidence,
    )
  const whenTimeIsUp = (...evidence: readonly Evidence[]) =>
    broken('breaking', 'kept', timeLeft(page, ...evidence), ...evidence)
  const withId = leaseId === GIVEN
  // What is known of breaks without an id says nothing of those with one, of which only breaks of a held lease were seen.
  const leased = (...evidence: readonly Evidence[]) => (withId ? known : evidence)
  const breaking = (...evidence: readonly Evidence[]) => (withId ? [] : evidence)
  return [
    rule(
      'available',
      { state: ['available'] },
      refused(409, NOT_PRESENT, page, tests, ...(withId ? [recorded(3)] : blob ? [] : [recorded(50)])),
    ),

    rule(
      'leased-infinite.no-period',
      { state: ['leased'], term: ['infinite'], breakPeriod: ['absent'] },
      atOnce(...leased(tests, recorded(blob ? 178 : 141))),
    ),
    rule(
      'leased-fixed.no-period',
      { state: ['leased'], term: ['none', 'fixed'], breakPeriod: ['absent'] },
      whenTimeIsUp(...leased(recorded(blob ? 83 : 40))),
    ),
    rule(
      'leased.period-zero',
      { state: ['leased'], breakPeriod: ['zero'] },
      atOnce(...leased(...(blob ? [] : [recorded(11)]))),
    ),
    rule(
      'leased.period-shorter',
      { state: ['leased'], breakPeriod: ['shorter'] },
      afterThePeriod(...leased(tests, recorded(blob ? 158 : 161, 'a few answered one second less'))),
    ),
    rule(
      'leased.period-equal',
      { state: ['leased'], breakPeriod: ['equal'] },
      broken('breaking', 'kept', time(['the break period', 'the break period - 1'], inferred('both ends coincide'))),
    ),
    rule('leased.period-longer', { state: ['leased'], breakPeriod: ['longer'] }, whenTimeIsUp()),

    rule(
      'breaking.no-period',
      { state: ['breaking'], breakPeriod: ['absent'] },
      whenTimeIsUp(...breaking(recorded(1, 'a share answered 14 twice, a container 59'))),
    ),
    rule(
      'breaking.period-zero',
      { state: ['breaking'], breakPeriod: ['zero'] },
      atOnce(...breaking(tests, recorded(blob ? 2 : 3))),
    ),
    rule(
      'breaking.period-shorter',
      { state: ['breaking'], breakPeriod: ['shorter'] },
      afterThePeriod(inferred('a break can be shortened')),
    ),
    rule(
      'breaking.period-equal',
      { state: ['breaking'], breakPeriod: ['equal'] },
      broken('breaking', 'kept', time(['the break period', 'the break period - 1'], inferred('both ends coincide'))),
    ),
    rule('breaking.period-longer', { state: ['breaking'], breakPeriod: ['longer'] }, whenTimeIsUp()),

    rule(
      'broken',
      { state: ['broken'], breakPeriod: ['absent', 'zero', 'shorter', 'equal', 'longer'] },
      broken('stays', 'none', time('0', page, ...breaking(tests)), ...breaking(tests)),
    ),
    rule(
      'expired',
      { state: ['expired'], breakPeriod: ['absent', 'zero', 'shorter', 'equal', 'longer'] },
      broken('broken', 'none', time('0', page)),
    ),
  ]
}

function time(values: Parameters<typeof claim>[0], ...evidence: readonly Evidence[]): readonly HeaderClaim[] {
  return [header('x-ms-lease-time', claim(values as HeaderClaim['values'], ...evidence))]
}

/**
 * Whole seconds. That they are rounded down follows from 15 s leases that answered 14 at once (103 of 105 times), which a
 * request that takes a moment also explains in part: so the direction is inferred, the second settled.
 */
function timeLeft(...evidence: readonly Evidence[]): readonly HeaderClaim[] {
  return [
    header(
      'x-ms-lease-time',
      claim(['the time left, rounded down', 'the time left, rounded up'], ...evidence, recorded(103)),
    ),
    header(
      'x-ms-lease-time',
      claim('the time left, rounded down', inferred('15 s leases answered 14 at once, 103 of 105 times')),
    ),
  ]
}
