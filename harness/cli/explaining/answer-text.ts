import { KINDS } from '../../../model/resource.ts'
import type { Evidence } from '../../../model/rules/evidence.ts'
import type { Rule } from '../../../model/rules/rule.ts'
import { shortestScenarios } from '../../../properties/casebook/shortest-scenarios.ts'
import { count, number } from '../../../reports/counting.ts'
import { paragraph } from '../../../reports/terminal/layout.ts'
import type { Paint } from '../../../reports/terminal/paint.ts'
import { bySurprise, claimLines, judged, verdictCounts } from './claims.ts'
import { divergenceLines, targetCounts } from './divergences.ts'
import { edgeCaseLines } from './edge-cases.ts'
import type { Findings } from './findings.ts'
import { gapLines, settled } from './gaps.ts'
import type { Question, Section } from './question.ts'
import { RECORDINGS_FILE, recordingExamples } from './recording-examples.ts'
import { evidenceOf, sourceLines, topicLines } from './rule-text.ts'
import type { Hit } from './search.ts'
import type { Topic } from './topics.ts'

/** So many rules are told in full at once; of more the best few, so that nobody has to search in what was found. */
const FEW = 5
const BEST = 3
/** So many more are named. */
const NAMED = 8

/** A part of an answer: the lines of what is told in full, and the evidence that they rest on. */
interface Part {
  readonly lines: readonly string[]
  readonly evidence?: readonly Evidence[]
}

/** What is known, for people: what fits best in full, of the rest how much there is and how to see it. */
export function answerText(question: Question, findings: Findings, all: boolean, paint: Paint): string {
  const parts = ORDER.filter((section) => findings[section].length > 0).map((section) =>
    PARTS[section]({ question, findings, all, paint }),
  )
  const sources = sourceLines(parts.flatMap(({ evidence = [] }) => evidence))
  return between([...parts.map(({ lines }) => lines), ...(sources.length === 0 ? [] : [sources])]).join('\n')
}

const ORDER: readonly Section[] = ['edgeCases', 'rules', 'claims', 'gaps', 'divergences']

/** What there is to tell, and how. */
interface Telling {
  readonly question: Question
  readonly findings: Findings
  readonly all: boolean
  readonly paint: Paint
}

const PARTS: Readonly<Record<Section, (telling: Telling) => Part>> = {
  edgeCases: edgeCasePart,
  rules: rulePart,
  claims: claimPart,
  gaps: gapPart,
  divergences: divergencePart,
}

/** A question that is asked in these words is answered; of others is told that they are there. */
function edgeCasePart({ question, findings: { edgeCases, rules }, all, paint }: Telling): Part {
  const isWanted = question.section === 'edgeCases' || rules.length === 0
  const fitting = edgeCases.filter(({ isAbout }) => isAbout || (isWanted && question.words.length > 0))
  const full = all ? edgeCases : fitting.slice(0, isWanted ? BEST : 1)
  const others = edgeCases.filter((each) => !full.includes(each))
  const named = question.section === 'edgeCases' ? others : others.slice(0, NAMED)
  const list = [
    paint('heading', full.length === 0 ? 'edge cases' : 'more edge cases'),
    ...named.flatMap(({ item, id }) => paragraph(`${id}: ${item.question}`, 4, '  -')),
    ...more(others.length - named.length, 'edge case'),
  ]
  const told = full.map(({ item }) => painted(edgeCaseLines(item), paint))
  return { lines: between(others.length === 0 ? told : [...told, list]) }
}

function rulePart({ question, findings: { rules }, all, paint }: Telling): Part {
  const full = all || rules.length <= FEW ? rules : rules.slice(0, BEST)
  const topics = full.map(({ item }) => item)
  const scenarios = shortestScenarios(topics.flatMap((topic) => (topic.about === 'server' ? [topic.rule] : [])))
  const recordings = recordingExamples(RECORDINGS_FILE)
  const told = topics.map((topic) => painted(topicLines(topic, scenarios.get(topic.id), recordings), paint))
  const evidence = topics.flatMap(evidenceOf)
  if (full.length === rules.length) return { lines: between(told), evidence }
  const counted = overview(rules, full.length, question, paint)
  // Who names a rule wants this one.
  return { lines: between(question.isName ? [...told, counted] : [counted, ...told]), evidence }
}

function claimPart({ question, findings: { claims }, all, paint }: Telling): Part {
  const { said, section, words } = question
  const isWanted = section === 'claims' || all
  const evaluated = claims.map(({ item }) => judged(item))
  const sorted = words.length === 0 ? bySurprise(evaluated) : evaluated
  const full = all ? sorted : isWanted ? sorted.slice(0, BEST) : []
  const rest = sorted.slice(full.length)
  const named = rest.slice(0, isWanted ? NAMED * 2 : BEST)
  const list = [
    ...named.flatMap(({ id, title, verdict }) => paragraph(`${verdict}: ${title} (${id})`, 4, '  -')),
    ...more(rest.length - named.length, 'claim'),
    ...(isWanted ? [] : seeAll(`claims ${said}`)),
  ]
  const head = heading(`what documents claim: ${count(claims.length, 'claim')}, ${verdictCounts(evaluated)}`, paint)
  const told = full.map((claim) => painted(claimLines(claim), paint))
  return {
    lines: told.length === 0 ? [...head, ...list] : between([head, ...told, ...(list.length > 0 ? [list] : [])]),
  }
}

function gapPart({ question: { said, section }, findings: { gaps }, all, paint }: Telling): Part {
  const kinds = byKind(gaps.map(({ item }) => item.rule))
  const head = heading(`what nobody knows: ${count(gaps.length, 'gap')}; ${kinds}`, paint)
  if (section !== 'gaps' && !all) return { lines: [...head, ...seeAll(`gaps ${said}`)] }
  const full = all ? gaps : gaps.slice(0, BEST)
  const rest = gaps.slice(full.length)
  const named = rest.slice(0, NAMED * 2)
  const ways = settled(full.map(({ item }) => item))
  const list = [
    ...named.flatMap(({ item, id }) =>
      paragraph(`${id}: ${item.doubts.map(({ field }) => field).join(', ')}`, 4, '  -'),
    ),
    ...more(rest.length - named.length, 'gap'),
  ]
  const told = full.map(({ item, id }) => painted(gapLines(item, ways.get(id)), paint))
  const evidence = full.flatMap(({ item }) => item.doubts.flatMap((doubt) => doubt.evidence))
  return { lines: between([head, ...told, ...(list.length > 0 ? [list] : [])]), evidence }
}

/** What is told of a rule in full says already who breaks it. */
function divergencePart({ question: { said, section }, findings: { divergences, rules }, all, paint }: Telling): Part {
  const items = divergences.map(({ item }) => item)
  const head = heading(`who is known to differ: ${targetCounts(items)}`, paint)
  if (section !== 'divergences' && rules.length > 0 && !all)
    return { lines: [...head, ...seeAll(`divergences ${said}`)] }
  const full = all ? items : items.slice(0, FEW)
  const told = full.map((each) => painted(divergenceLines(each), paint))
  const rest = more(items.length - full.length, 'divergence')
  return { lines: between([head, ...told, ...(rest.length > 0 ? [rest] : [])]) }
}

/** How many there are of what, the next ones by name, and how to get fewer. */
function overview(
  rules: readonly Hit<Topic>[],
  told: number,
  { said, isName }: Question,
  paint: Paint,
): readonly string[] {
  const server = rules.flatMap(({ item }) => (item.about === 'server' ? [item.rule] : []))
  const others = rules.length - server.length
  const next = rules.slice(told, told + NAMED).map(({ item }) => item.id)
  const where = isName ? 'above' : 'below'
  return [
    paint('heading', `${count(rules.length, 'rule')}; the ${told} that fit best are told in full ${where}`),
    ...kindLines(server),
    ...(others === 0 ? [] : [`  - ${number(others)} of client libraries, properties and operations`]),
    ...paragraph(`then come ${next.join(', ')}`, 4, '  -'),
    '  - add a kind, an operation, a lease state or an error code for fewer',
    ...seeAll(`--all ${said}`),
  ]
}

/** By kind the operations, those with most rules first. */
function kindLines(rules: readonly Rule[]): readonly string[] {
  return [...Map.groupBy(rules, ({ kind }) => kind)].flatMap(([kind, own]) => {
    const classes = [
      ...Map.groupBy(
        own.flatMap((rule) => rule.classes),
        (each) => each,
      ),
    ]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([of, those]) => `${of} ${those.length}`)
    const rest = classes.length - NAMED
    const others = rest > 0 ? `, and ${count(rest, 'more operation')}` : ''
    return paragraph(`${KINDS[kind].noun} ${own.length}: ${classes.slice(0, NAMED).join(', ')}${others}`, 4, '  -')
  })
}

function byKind(rules: readonly Rule[]): string {
  return [...Map.groupBy(rules, ({ kind }) => kind)]
    .map(([kind, own]) => `${KINDS[kind].noun} ${own.length}`)
    .join(', ')
}

function more(left: number, thing: string): readonly string[] {
  return left <= 0 ? [] : [`  and ${count(left, `more ${thing}`)}; --all tells them in full`]
}

/** The command that tells the rest; words that a shell would read are quoted. */
function seeAll(words: string): readonly string[] {
  const quoted = words
    .split(' ')
    .map((word) => (/^[\w.,:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
  return [`  - all of them: leasecheck explain ${quoted.join(' ')}`.trimEnd()]
}

/** Blocks of lines with an empty line between two. */
function between(blocks: readonly (readonly string[])[]): readonly string[] {
  return blocks.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]))
}

/** The first line of a section. */
function heading(text: string, paint: Paint): readonly string[] {
  return paragraph(text, 0).map((line) => paint('heading', line))
}

/** The first line of a block is what it is about. */
function painted(lines: readonly string[], paint: Paint): readonly string[] {
  return lines.map((line, at) => (at === 0 ? paint('heading', line) : line))
}
