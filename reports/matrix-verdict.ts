import { count, number } from './counting.ts'
import type { MatrixDivergence, MatrixPair, MatrixTopic } from './matrix.ts'

/** How a pair went, in a line: `nothing new; 6 known`. */
export function pairText({ verdict, reason, shown }: MatrixPair): string {
  switch (verdict) {
    case 'nothing new':
    case 'something new':
      return [...countsOf(shown), ...(reason === undefined ? [] : [`INCOMPLETE (${reason})`])].join('; ')
    case 'could not run':
    case 'left out':
    case 'not run':
      return `${verdict}: ${reason ?? 'nobody knows why'}`
    default:
      return verdict satisfies never
  }
}

function countsOf(shown: MatrixPair['shown']): readonly string[] {
  if (shown === undefined) return ['it left no results']
  const { divergences, gone } = shown
  const inState = (asked: MatrixDivergence['state']) => divergences.filter(({ state }) => state === asked).length
  const [fresh, warnings, known] = [inState('new'), inState('warning'), inState('known')]
  return [
    fresh === 0 ? `nothing new${warnings === 0 ? '' : ' that fails'}` : `${number(fresh)} NEW`,
    ...(warnings === 0 ? [] : [count(warnings, 'warning')]),
    ...(known === 0 ? [] : [`${number(known)} known`]),
    ...(gone === 0 ? [] : [`${number(gone)} gone`]),
  ]
}

/** What became of the cells of a topic, gravest first. */
export type TopicVerdict = 'new' | 'known' | 'masked' | 'not implemented' | 'agrees' | 'not tried' | 'no call'

/** What a pair did in a topic, in a word: that of its worst cell. */
export function topicVerdict(topic: MatrixTopic, divergences: readonly MatrixDivergence[]): TopicVerdict {
  const own = topic.divergences.map((index) => divergences[index]!).filter((each) => isAbout(each, topic))
  if (topic.new > 0 || own.some(({ state }) => state !== 'known')) return 'new'
  if (topic.known > 0 || own.length > 0) return 'known'
  if (topic.masked > 0) return 'masked'
  if (topic.notImplemented > 0) return 'not implemented'
  if (topic.agreed > 0) return 'agrees'
  return topic.notReached > 0 ? 'not tried' : 'no call'
}

/** Whether a divergence was seen in a topic, and does not only stand in its way. */
export function isAbout(
  { kind, operation }: MatrixDivergence,
  topic: Pick<MatrixTopic, 'kind' | 'operation'>,
): boolean {
  return kind === topic.kind && operation === topic.operation
}

/** Lease operations in the order of a lease's life, then uses by name. */
export function compareTopics(
  a: Pick<MatrixTopic, 'kind' | 'operation'>,
  b: Pick<MatrixTopic, 'kind' | 'operation'>,
): number {
  const place = (list: readonly string[], name: string) => (list.includes(name) ? list.indexOf(name) : list.length)
  return (
    place(KINDS, a.kind) - place(KINDS, b.kind) ||
    place(LEASE_OPERATIONS, a.operation) - place(LEASE_OPERATIONS, b.operation) ||
    (a.operation < b.operation ? -1 : a.operation > b.operation ? 1 : 0)
  )
}

/** The lease operations, in the order in which a lease meets them. */
export const LEASE_OPERATIONS: readonly string[] = ['acquire', 'renew', 'change', 'release', 'break']
const KINDS: readonly string[] = ['blob', 'blob-snapshot', 'container', 'share', 'share-snapshot', 'file']
