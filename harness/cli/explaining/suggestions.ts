import { RULES } from '../../../model/rules/index.ts'
import { claimEntries } from './claims.ts'
import { divergenceEntries } from './divergences.ts'
import { edgeCaseEntries } from './edge-cases.ts'
import { findingsFor, isEmpty } from './findings.ts'
import { type Question, questionOf } from './question.ts'
import type { Entry } from './search.ts'
import { topicEntries } from './topics.ts'

/** More would be a list to search in. */
const MOST = 4
/** How alike two names have to be, as the share of letters in threes that they have in common. */
const ALIKE = 0.45

/** Questions like this one that have an answer: what somebody may have meant. */
export function suggestionsFor(question: Question): readonly string[] {
  const { server, others } = topicEntries()
  const entries: readonly Entry<unknown>[] = [
    ...server,
    ...others,
    ...edgeCaseEntries(),
    ...claimEntries(),
    ...divergenceEntries(),
  ]
  if (question.isName) return namesLike(question.said.toLowerCase(), [...server, ...others])
  const suggested = [...respelt(question, entries), ...shortened(question)]
  return [...new Set(suggested)].filter((said) => !isEmpty(findingsFor(questionOf([said])))).slice(0, MOST)
}

/** The same question with the words that nobody uses spelt as words that somebody does. */
function respelt({ said, words }: Question, entries: readonly Entry<unknown>[]): readonly string[] {
  const known = new Set(entries.flatMap(({ title, text }) => [...title.exact, ...text.exact]))
  const unknown = words.filter((word) => !known.has(word))
  return unknown.flatMap((word) => {
    const near = [...known]
      .map((other) => ({ other, edits: editsBetween(word, other) }))
      .filter(({ edits, other }) => edits <= Math.max(1, Math.floor(Math.min(word.length, other.length) / 3)))
      .sort((a, b) => a.edits - b.edits || (a.other < b.other ? -1 : 1))
    return near.slice(0, MOST).map(({ other }) => said.toLowerCase().replace(word, asWritten(other)))
  })
}

/** Error codes are known by their capitals. */
function asWritten(word: string): string {
  return CODES.get(word) ?? word
}

const CODES: ReadonlyMap<string, string> = new Map(
  RULES.flatMap(({ expect }) => expect.flatMap(({ code }) => code.values.map((each) => [each.toLowerCase(), each]))),
)

/** The same question with one word less, if it has several. */
function shortened({ said, words }: Question): readonly string[] {
  if (words.length < 2) return []
  return words.toReversed().map((word) => said.toLowerCase().replace(word, '').replace(/\s+/g, ' ').trim())
}

function namesLike(name: string, entries: readonly Entry<{ readonly id: string }>[]): readonly string[] {
  return [...new Set(entries.map(({ item }) => item.id))]
    .map((id) => ({ id, alike: likeness(name, id) }))
    .filter(({ alike }) => alike >= ALIKE)
    .sort((a, b) => b.alike - a.alike)
    .slice(0, MOST)
    .map(({ id }) => id)
}

/** From 0, nothing in common, to 1, the same. */
function likeness(a: string, b: string): number {
  const [ofA, ofB] = [threesOf(a), threesOf(b)]
  const shared = [...ofA].filter((three) => ofB.has(three)).length
  return (2 * shared) / (ofA.size + ofB.size)
}

function threesOf(text: string): ReadonlySet<string> {
  const padded = `..${text}.`
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)))
}

/** How many letters have to be added, left out, replaced or swapped with their neighbour. */
function editsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > Math.min(a.length, b.length) / 3 + 1) return Number.POSITIVE_INFINITY
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwap ? rows[i - 2]![j - 2]! + 1 : replaced
      row.push(Math.min(replaced, swapped, rows[i - 1]![j]! + 1, row[j - 1]! + 1))
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
