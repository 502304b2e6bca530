import { count, number } from './counting.ts'
import type { Footer } from './results.ts'

/** What the target does not know, and how much of the run could not be checked for that. */
export function notImplementedText({ notImplemented = [], cells }: Pick<Footer, 'notImplemented' | 'cells'>): string {
  const named = notImplemented.map(({ rule, observed }) => `${rule.replace('.implements.', ' ')} (${observed})`)
  const behind = notImplemented.reduce((sum, each) => sum + each.cells, 0)
  return `${count(named.length, 'operation')}, so that ${number(behind)} of ${count(cells.reachable, 'cell')} could not be checked: ${named.join(', ')}`
}
