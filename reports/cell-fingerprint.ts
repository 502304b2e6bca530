import { createHash } from 'node:crypto'
import { topicOf } from './cell-outcome.ts'

/**
 * Characters of six bits each: among 500 agreed cells of a topic, a cell that is none of them is taken for one with a chance
 * of one in two million.
 */
export const FINGERPRINT_LENGTH = 5

/** Cells by topic, each topic with the fingerprints of its cells in one text: a tenth of the size of the cells themselves. */
export type Fingerprints = Readonly<Record<string, string>>

/** The fingerprints of cells; the same cells give the same text, in whatever order they come. */
export function fingerprintsOf(cells: Iterable<string>): Record<string, string> {
  const byTopic = Map.groupBy(cells, topicOf)
  return written([...byTopic].map(([topic, own]) => [topic, own.map(fingerprintOf)]))
}

/** Whether a cell is among those that fingerprints were made of. */
export function hasFingerprint(fingerprints: Fingerprints, cell: string): boolean {
  const prints = textOf(fingerprints, topicOf(cell))
  const wanted = fingerprintOf(cell)
  for (let at = 0; at < prints.length; at += FINGERPRINT_LENGTH) if (prints.startsWith(wanted, at)) return true
  return false
}

/** The cells of both. */
export function joined(a: Fingerprints, b: Fingerprints): Record<string, string> {
  const topics = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return written(topics.map((topic) => [topic, [...printsOf(a, topic), ...printsOf(b, topic)]]))
}

/** The cells but for some. */
export function without(fingerprints: Fingerprints, cells: readonly string[]): Record<string, string> {
  return beyond(fingerprints, fingerprintsOf(cells))
}

/** The cells of the one that are not among those of the other. */
export function beyond(one: Fingerprints, other: Fingerprints): Record<string, string> {
  const rest = (topic: string) => {
    const known = new Set(printsOf(other, topic))
    return printsOf(one, topic).filter((print) => !known.has(print))
  }
  return written(Object.keys(one).map((topic) => [topic, rest(topic)]))
}

function fingerprintOf(cell: string): string {
  return createHash('sha256').update(cell).digest('base64url').slice(0, FINGERPRINT_LENGTH)
}

function textOf(fingerprints: Fingerprints, topic: string): string {
  return Object.hasOwn(fingerprints, topic) ? fingerprints[topic]! : ''
}

function printsOf(fingerprints: Fingerprints, topic: string): readonly string[] {
  const text = textOf(fingerprints, topic)
  return Array.from({ length: text.length / FINGERPRINT_LENGTH }, (_, place) =>
    text.slice(place * FINGERPRINT_LENGTH, (place + 1) * FINGERPRINT_LENGTH),
  )
}

function written(topics: readonly (readonly [topic: string, prints: readonly string[]])[]): Record<string, string> {
  return Object.fromEntries(
    topics
      .filter(([, prints]) => prints.length > 0)
      .map(([topic, prints]) => [topic, [...new Set(prints)].sort().join('')] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}
