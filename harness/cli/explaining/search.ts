import type { OperationName } from '../../../model/operation.ts'
import type { Question } from './question.ts'
import { stemOf, wordsIn } from './word-forms.ts'

/** Something that a question can be about, and by what it is found. */
export interface Entry<T> {
  readonly item: T
  /** What it is called in programs; asked for by this name it comes first. */
  readonly id: string
  /** The words that it is named by: they count most. */
  readonly title: Words
  /** Everything else that is said of it. */
  readonly text: Words
  readonly operations: ReadonlySet<OperationName>
  /** Puts one before another that fits as well; less than any fit counts. */
  readonly plainness: number
}

/** Words prepared to be looked up. */
export interface Words {
  readonly exact: ReadonlySet<string>
  readonly stems: ReadonlySet<string>
  readonly joined: string
}

/** A find, and how well it fits; more is better. */
export interface Hit<T> {
  readonly item: T
  readonly id: string
  readonly score: number
  /** Whether every word of the question is in its title, and one tells more than a kind of resource. */
  readonly isAbout: boolean
}

/** How well a word fits: as it stands, in another form, as a part of a longer word. */
const TITLE = { exact: 12, form: 8, part: 5 } as const
const TEXT = { exact: 4, form: 2, part: 1 } as const
/** The least that can be a part: shorter ones are in everything. */
const SHORTEST_PART = 4
const NAMED_IN_FULL = 1000
const NAMED_IN_PART = 100
const OPERATION = 12
const ASIDE = 4

/** How an entry is found. */
interface Findable {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly operations?: readonly OperationName[]
  readonly plainness?: number
}

/** Prepares an entry. */
export function entryOf<T>(item: T, { id, title, text, operations = [], plainness = 0 }: Findable): Entry<T> {
  return { item, id, title: wordsOf(title), text: wordsOf(text), operations: new Set(operations), plainness }
}

/**
 * What has every word of a question, what fits best first; of equals the first stays first. Where words fit something closely,
 * what has only another form or a part of them somewhere in its text is left out.
 */
export function search<T>(entries: readonly Entry<T>[], question: Question): readonly Hit<T>[] {
  const hits = entries.flatMap((entry) => hitOf(entry, question) ?? [])
  const close = hits.filter(({ isClose }) => isClose)
  return [...(close.length > 0 ? close : hits)].sort((a, b) => b.score - a.score)
}

function hitOf<T>(entry: Entry<T>, { said, words, asides, operations, isName }: Question): Found<T> | undefined {
  const { item, id, title, plainness } = entry
  const name = id.toLowerCase()
  const asked = said.toLowerCase()
  if (name === asked) return { item, id, score: NAMED_IN_FULL, isAbout: true, isClose: true }
  if (isName)
    return name.includes(asked)
      ? { item, id, score: NAMED_IN_PART + plainness, isAbout: true, isClose: true }
      : undefined
  const scores = words.map((word) => scoreOf(word, entry))
  if (scores.includes(0) || operations.some((each) => !entry.operations.has(each))) return undefined
  const sum = scores.reduce((total, each) => total + each, 0) + operations.length * OPERATION
  const more = asides.filter((word) => title.exact.has(word) || title.stems.has(stemOf(word))).length * ASIDE
  return {
    item,
    id,
    score: sum + more + plainness,
    isAbout: words.some((word) => !KINDS.has(stemOf(word))) && scores.every((score) => score >= TITLE.form),
    isClose: scores.every((score) => score >= TEXT.exact),
  }
}

interface Found<T> extends Hit<T> {
  readonly isClose: boolean
}

/** What a resource is called; a text that speaks of another kind in passing is not about it. */
const KINDS: ReadonlySet<string> = new Set(['blob', 'container', 'share', 'file', 'snapshot'].map(stemOf))

function scoreOf(word: string, { title, text }: Entry<unknown>): number {
  return fitOf(word, title, TITLE) || (KINDS.has(stemOf(word)) ? 0 : fitOf(word, text, TEXT))
}

/** How well a word fits some words; zero if it is not among them. */
function fitOf(word: string, words: Words, score: { readonly [F in keyof typeof TITLE]: number }): number {
  if (words.exact.has(word)) return score.exact
  if (words.stems.has(stemOf(word))) return score.form
  const parts = word.split('-')
  if (parts.length > 1 && parts.every((part) => words.stems.has(stemOf(part)))) return score.form
  return word.length >= SHORTEST_PART && words.joined.includes(word) ? score.part : 0
}

/** Parts of what is joined by hyphens count as other forms of it. */
function wordsOf(text: string): Words {
  const all = wordsIn(text)
  const parts = all.flatMap((word) => (word.includes('-') ? word.split('-') : []))
  return { exact: new Set(all), stems: new Set([...all, ...parts].map(stemOf)), joined: all.join(' ') }
}
