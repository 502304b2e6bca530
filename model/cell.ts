import { FEATURES, type FeatureName, SHADES } from './features.ts'
import { classOf, type OperationClass } from './operation.ts'
import type { Situation } from './situation.ts'

/**
 * What a request of each class carries that the service may look at. A cell is a state of the resource together with these:
 * the finest distinction that coverage counts and tours visit.
 */
const INPUTS: Readonly<Record<OperationClass, readonly FeatureName[]>> = {
  acquire: ['proposedLeaseId', 'duration'],
  renew: ['leaseId'],
  change: ['leaseId', 'proposedLeaseId'],
  release: ['leaseId'],
  break: ['leaseId', 'breakPeriod'],
  observe: ['leaseId'],
  read: ['leaseId'],
  list: [],
  write: ['leaseId'],
  create: ['leaseId'],
  delete: ['leaseId'],
}

/** The state of the resource as the tours tell states apart: finer than the rules do. */
export function stateOf(situation: Situation): string {
  const { existence, state } = FEATURES
  const where = existence.of(situation)
  if (where !== 'present') return where
  if (situation.firstLook) return `${state.of(situation)}, first look`
  const shades = [SHADES.length(situation), SHADES.timeLeft(situation), SHADES.past(situation)].filter(
    (shade) => shade !== 'none',
  )
  return [state.of(situation), ...shades].join(', ')
}

/**
 * The cell of a situation, in words: kind and class, state, input. Where one header is faulty by itself, the others count
 * only as given or not.
 */
export function cellOf(situation: Situation): string {
  if (situation.firstLook) return firstLookOf(situation)
  const of = classOf(situation.operation.name)
  const values = INPUTS[of].map((name) => [name, FEATURES[name].of(situation)] as const)
  const faulty = values.some(([name, value]) => isFaulty(of, name, value))
  const inputs = values.map(
    ([name, value]) =>
      `${name}: ${faulty && !isFaulty(of, name, value) ? 'well-formed' : shaded(name, value, situation)}`,
  )
  return `${situation.subject.kind} ${of} | ${stateOf(situation)}${inputs.length === 0 ? '' : ` | ${inputs.join(', ')}`}`
}

/** Each faulty number is a cell of its own: a server may refuse one and take another. */
function shaded(name: FeatureName, value: string, { operation }: Situation): string {
  if (!FAULTY_NUMBERS.has(value)) return value
  return `${value} (${name === 'duration' ? operation.duration?.text : operation.breakPeriod?.text})`
}

const FAULTY_NUMBERS: ReadonlySet<string> = new Set(['invalid', 'out of range', 'not a whole number'])

function isFaulty(of: OperationClass, name: FeatureName, value: string): boolean {
  if (value === 'malformed' || FAULTY_NUMBERS.has(value)) return true
  if (value === 'none')
    return name === 'leaseId' ? of === 'renew' || of === 'release' || of === 'change' : of === 'change'
  return value === 'absent' && name === 'duration'
}

/**
 * The first look after a lease ran out is a cell of its own for each operation, since a server may notice in one handler and
 * not in another; whose id it carries matters then, whether a number is faulty, and nothing else.
 */
function firstLookOf(situation: Situation): string {
  const { name } = situation.operation
  const id = name === 'acquire' ? FEATURES.proposedLeaseId.of(situation) : FEATURES.leaseId.of(situation)
  const number = name === 'acquire' ? FEATURES.duration.of(situation) : FEATURES.breakPeriod.of(situation)
  const faulty = FAULTY_NUMBERS.has(number) || (name === 'acquire' && number === 'absent')
  return `${situation.subject.kind} ${name} | ${stateOf(situation)} | id: ${WHOSE[id]}${faulty ? ', faulty number' : ''}`
}

const WHOSE = {
  none: 'none',
  malformed: 'malformed',
  held: 'held',
  former: 'another',
  fresh: 'another',
  'held, spelt otherwise': 'spelt otherwise',
  'fresh, spelt otherwise': 'spelt otherwise',
} as const
