import { CONDITION_SYMBOLS } from '../../model/condition.ts'
import type { FeatureName } from '../../model/features.ts'
import { MALFORMED } from '../../model/inputs/hostile.ts'
import { classOf, isLeaseAction, type OperationName, operationsOf, SNAPSHOT_OPTIONS } from '../../model/operation.ts'
import { idNames, type Place } from '../../model/place.ts'
import type { Rule } from '../../model/rules/rule.ts'
import type { OperationStep } from '../../model/scenario.ts'
import { describeUse } from '../../model/uses.ts'
import { resourceIn, subjectOf } from '../../model/world.ts'

type Values = { readonly [K in keyof OperationStep]?: readonly (OperationStep[K] | undefined)[] }

/**
 * Requests that a rule may be about in a place although no tour makes them: every combination of the headers that its guard
 * speaks of.
 */
export function* unusualInputs(rule: Rule, place: Place): Generator<OperationStep> {
  const { name: on } = subjectOf(place.setting)
  const names = operationsOf(rule.kind).filter((each) => rule.classes.includes(classOf(each)) && isForType(each, place))
  for (const name of names) {
    if (needsSource(name) && sourceIn(place) === undefined) continue
    const source = needsSource(name) ? { source: sourceIn(place)! } : {}
    const plain = { ...plainly(name, on, rule, place), ...source }
    yield* combined(plain, Object.entries(valuesOf(rule, place)))
  }
}

/** Whether an operation is for the type of blob that there is: another type is refused for that, whatever else it carries. */
function isForType(name: OperationName, { setting, server }: Place): boolean {
  const { existence, blobType = 'block' } = resourceIn(server.world, subjectOf(setting).name)
  if (isLeaseAction(name) || existence !== 'present') return true
  return (describeUse(name).blobType ?? blobType) === blobType
}

function needsSource(name: OperationName): boolean {
  return !isLeaseAction(name) && describeUse(name).needsSource === true
}

/** What a copy may read in a place: something beside the resource, else the resource itself if it is there. */
function sourceIn({ setting, server }: Place): string | undefined {
  const { name: on } = subjectOf(setting)
  if (setting.some(({ name }) => name === 'source')) return 'source'
  return resourceIn(server.world, on).existence === 'present' ? on : undefined
}

/** What a lease action cannot do without. */
function plainly(name: OperationStep['do'], on: string, { kind }: Rule, place: Place): OperationStep {
  const held = idNames(place).held ?? 'A'
  switch (name) {
    case 'acquire':
      return { do: name, on, duration: kind === 'file' ? '-1' : '15' }
    case 'renew':
    case 'release':
      return { do: name, on, leaseId: held }
    case 'change':
      return { do: name, on, leaseId: held, proposedLeaseId: 'C' }
    default:
      return { do: name, on }
  }
}

const TEXTS_OF_NUMBERS = [undefined, '15', '-1', '61', 'abc', '', '99999999999']

/** The values of the headers that a guard looks at. */
function valuesOf({ when }: Rule, place: Place): Values {
  const speaks = (...features: readonly FeatureName[]) => features.some((feature) => when[feature] !== undefined)
  const { held, former } = idNames(place)
  const ids = [undefined, held ?? 'A', 'F', ...(former === undefined ? [] : [former]), MALFORMED, 'malformed:']
  const spelt = held === undefined ? [] : [`${held}@N`]
  const stray = speaks('stray')
  const isSettled = resourceIn(place.server.world, subjectOf(place.setting).name).existence === 'present'
  return {
    ...(stray || speaks('leaseId') ? { leaseId: [...ids, ...spelt] } : {}),
    ...(stray || speaks('proposedLeaseId') ? { proposedLeaseId: [undefined, 'B', MALFORMED, 'malformed:'] } : {}),
    ...(stray || speaks('duration', 'numberForm') ? { duration: TEXTS_OF_NUMBERS } : {}),
    ...(stray || speaks('breakPeriod', 'numberForm') ? { breakPeriod: TEXTS_OF_NUMBERS } : {}),
    ...(speaks('condition', 'conditionOn')
      ? { condition: CONDITION_SYMBOLS.filter((symbol) => isSettled || !symbol.endsWith(':current')) }
      : {}),
    ...(speaks('snapshotOption') ? { snapshots: [undefined, ...SNAPSHOT_OPTIONS] } : {}),
    ...(speaks('action') ? { action: [undefined, 'steal'] } : {}),
  }
}

function* combined(
  step: OperationStep,
  values: readonly (readonly [string, readonly unknown[]])[],
): Generator<OperationStep> {
  const [first, ...rest] = values
  if (first === undefined) {
    yield step
    return
  }
  const [header, texts] = first
  for (const text of texts) {
    const { [header as keyof OperationStep]: _sent, ...without } = step
    yield* combined((text === undefined ? without : { ...step, [header]: text }) as OperationStep, rest)
  }
}
