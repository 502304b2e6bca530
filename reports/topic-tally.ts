import { FINGERPRINT_LENGTH } from './cell-fingerprint.ts'
import { topicOf } from './cell-outcome.ts'
import type { CellCounts, CellResultsFile } from './cell-results.ts'
import type { Signature } from './results.ts'

/** What cells are about, for a table with a line for each: `blob` and `acquire`, or `file` and the class `write`. */
export interface Topic {
  readonly kind: string
  readonly operation: string
}

/** What became of the cells of a topic. */
export interface TopicTally extends Topic {
  readonly counts: CellCounts
  /** Of each cell that diverged, or that something stands before, by what. */
  readonly behind: readonly CellsBehind[]
}

/** How many cells a divergence spoils, and in which way. */
export interface CellsBehind {
  readonly signature: Signature
  readonly outcome: 'diverged' | 'masked' | 'notImplemented'
  readonly cells: readonly string[]
}

const NONE: CellCounts = { agreed: 0, diverged: 0, masked: 0, notImplemented: 0, notExpressible: 0, notReached: 0 }

/**
 * Cell results summed up by topic, in the order in which topics are met.
 * @param topicNamed what the topic of a cell, as `blob (append) appendBlock`, counts under
 */
export function topicTallies(file: CellResultsFile, topicNamed: (topic: string) => Topic): readonly TopicTally[] {
  const all = new Map<string, Topic & { counts: CellCounts; behind: CellsBehind[] }>()
  const at = (cellOrTopic: string) => {
    const topic = topicNamed(topicOf(cellOrTopic))
    const key = `${topic.kind} ${topic.operation}`
    const found = all.get(key) ?? { ...topic, counts: { ...NONE }, behind: [] }
    all.set(key, found)
    return found
  }
  for (const what of ['agreed', 'notExpressible'] as const)
    for (const [topic, prints] of Object.entries(file[what]))
      at(topic).counts[what] += prints.length / FINGERPRINT_LENGTH
  for (const cell of file.notReached) at(cell).counts.notReached += 1
  for (const outcome of ['diverged', 'masked', 'notImplemented'] as const) {
    const counted = new Set<string>()
    for (const { rule, field, observed, cells } of file[outcome]) {
      for (const [, own] of Map.groupBy(cells, topicOf)) {
        const tally = at(own[0]!)
        tally.behind.push({ signature: { rule, field, observed }, outcome, cells: own })
        tally.counts[outcome] += own.filter((cell) => !counted.has(cell)).length
        for (const cell of own) counted.add(cell)
      }
    }
  }
  return [...all.values()]
}
