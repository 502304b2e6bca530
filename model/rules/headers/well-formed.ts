import type { FeatureValue } from '../../features.ts'
import type { ResourceKind } from '../../resource.ts'

/** The durations that last a while. A file has none of them: its lease is held until it is given up. */
export const FIXED: readonly FeatureValue<'duration'>[] = ['shortest', 'between', 'longest']

/** The durations that a kind of resource takes, and those that it does not. */
export function durationsOf(
  kind: ResourceKind,
): Readonly<Record<'valid' | 'invalid', readonly FeatureValue<'duration'>[]>> {
  const never = ['out of range', 'not a whole number'] as const
  return kind === 'file'
    ? { valid: ['infinite'], invalid: [...never, ...FIXED] }
    : { valid: [...FIXED, 'infinite'], invalid: never }
}

export const VALID_PERIODS: readonly FeatureValue<'breakPeriod'>[] = ['absent', 'zero', 'shorter', 'equal', 'longer']
