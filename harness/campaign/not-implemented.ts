import type { MissingOperations } from '../../model/implementation.ts'
import type { Footer } from '../../reports/results.ts'
import { keyOf } from './buckets.ts'

/** What a target was found not to know, and how many cells could not be checked for that. */
export function notImplementedIn(
  missing: MissingOperations,
  { masked }: Footer['cells'],
): NonNullable<Footer['notImplemented']> {
  const behind = Map.groupBy(masked, ({ by }) => by)
  return [...missing].map(([rule, observed]) => {
    const by = keyOf({ rule, field: 'status', observed })
    return { rule, observed, cells: behind.get(by)?.length ?? 0 }
  })
}
