import type { OperationName } from '../../../model/operation.ts'
import { operationsNamedIn } from './operation-titles.ts'
import { wordsIn } from './word-forms.ts'

/** What can be asked for by its name, so that nothing else is told. */
export const SECTIONS = ['edgeCases', 'rules', 'claims', 'gaps', 'divergences'] as const
export type Section = (typeof SECTIONS)[number]

/** What somebody wants explained. */
export interface Question {
  /** As it was typed. */
  readonly said: string
  /** What has to be there, each word in some form. */
  readonly words: readonly string[]
  /** What puts one thing before another, and is missed by nobody. */
  readonly asides: readonly string[]
  /** Operations that were named in full. */
  readonly operations: readonly OperationName[]
  /** The only section that is wanted; undefined: all. */
  readonly section: Section | undefined
  /** Whether it may be the name of a rule. */
  readonly isName: boolean
}

const SECTION_WORDS: Readonly<Record<string, Section>> = {
  'edge-case': 'edgeCases',
  'edge-cases': 'edgeCases',
  claim: 'claims',
  claims: 'claims',
  gap: 'gaps',
  gaps: 'gaps',
  divergence: 'divergences',
  divergences: 'divergences',
}

/** Words that sentences are made of, and words that are said of everything here. */
const ASIDES: ReadonlySet<string> = new Set(
  (
    'a about after again already an and are as at azure be been before by can case code could do does edge error for from had ' +
    'happens has have how i if in is it its lease leases my no of on once or rule rules service so status still storage than ' +
    'that the then there thing this to twice two what when where which while who why will with without would'
  ).split(' '),
)

/** Reads a question, however its words were quoted. */
export function questionOf(texts: readonly string[]): Question {
  const said = texts.join(' ').replace(/\s+/g, ' ').trim()
  const { operations, rest } = operationsNamedIn(said.replace(/\bedge cases?\b/gi, 'edge-cases'))
  const all = wordsIn(rest)
  const section = all.map((word) => SECTION_WORDS[word]).find((each) => each !== undefined)
  const others = all.filter((word) => SECTION_WORDS[word] === undefined)
  const words = others.filter((word) => !ASIDES.has(word))
  // A question of nothing but such words is about them.
  const isBare = words.length === 0 && operations.length === 0 && section === undefined
  return {
    said,
    words: [...new Set(isBare ? others : words)],
    asides: isBare ? [] : others.filter((word) => ASIDES.has(word)),
    operations,
    section,
    isName: /^[a-z-]+(\.[\w-]+)+$/i.test(said),
  }
}
