import { anchorOf } from './anchor.ts'
import { count, lasting, number, percent } from './counting.ts'
import { block, code, documentOf, plain, table } from './markdown-text.ts'
import type { Matrix, MatrixDivergence, MatrixPair, MatrixTopic } from './matrix.ts'
import { compareTopics, LEASE_OPERATIONS, pairText, topicVerdict } from './matrix-verdict.ts'

/** A job summary may hold a megabyte; nobody reads more of what is new. */
const MOST_NEW = 50

/** The matrix as a page: every client on every server, then operation by operation, with links to what diverges. */
export function renderMatrixMarkdown(matrix: Matrix): string {
  const byTarget = [...Map.groupBy(matrix.pairs, ({ target }) => target)].map(([target, pairs]) => ({
    title: pairs.find(({ shown }) => shown !== undefined)?.shown?.target ?? target,
    pairs,
  }))
  return documentOf([
    ['# Clients and servers'],
    [
      `leasecheck ${plain(matrix.leasecheck)}, ${plain(matrix.startedAt)}: ${count(matrix.pairs.length, 'pair')} in ${lasting(matrix.durationMs)}, exit status ${matrix.exitStatus}.`,
    ],
    overview(matrix),
    ['## Pairs'],
    pairTable(matrix),
    ...newBlocks(matrix),
    ...clientBlocks(matrix),
    ...byTarget.flatMap(({ title, pairs }) => targetBlocks(title, pairs)),
  ])
}

/** Clients below one another, servers side by side. */
function overview({ targets, drivers, pairs }: Matrix): string[] {
  const at = (target: string, driver: string) => pairs.find((each) => each.target === target && each.driver === driver)
  return table(
    ['client', ...targets.map(plain)],
    drivers.map((driver) => [plain(driver), ...targets.map((target) => verdictCell(at(target, driver)))]),
  )
}

function verdictCell(pair: MatrixPair | undefined): string {
  if (pair === undefined) return ''
  const text = pair.verdict === 'something new' ? `**${plain(pairText(pair))}**` : plain(pairText(pair))
  return pair.shown === undefined ? text : `[${text}](${pair.folder}/summary.md)`
}

function pairTable({ pairs }: Matrix): string[] {
  return table(
    ['server', 'client', 'SDK', 'API version', 'cells', 'no call for', 'rules', 'took', 'files'],
    pairs.map(({ target, driver, shown, durationMs, folder, exitStatus }) => [
      plain(shown?.target ?? target),
      plain(driver),
      plain(shown?.client ?? ''),
      plain(shown?.apiVersion ?? ''),
      shown === undefined ? '' : reachedText(shown.cells),
      shown === undefined ? '' : number(shown.notExpressible),
      shown === undefined ? '' : reachedText(shown.rules),
      durationMs === 0 ? '' : lasting(durationMs),
      exitStatus === null && durationMs === 0 ? '' : filesText(folder, shown !== undefined),
    ]),
  )
}

function filesText(folder: string, hasReports: boolean): string {
  const files = hasReports ? ['summary.md', 'results.ndjson', 'cells.json', 'terminal.txt'] : ['terminal.txt']
  return files.map((file) => `[${file}](${folder}/${file})`).join(', ')
}

function reachedText({ reached, reachable }: { readonly reached: number; readonly reachable: number }): string {
  return `${number(reached)} of ${number(reachable)} (${percent(reached, reachable)})`
}

function newBlocks({ pairs }: Matrix): string[][] {
  const found = pairs.flatMap((pair) =>
    (pair.shown?.divergences ?? []).filter(({ state }) => state === 'new').map((each) => ({ pair, each })),
  )
  if (found.length === 0) return []
  return [
    [`## New divergences (${number(found.length)})`],
    ...found
      .slice(0, MOST_NEW)
      .map(({ pair, each }) => [
        `**${plain(each.rule)}**, ${plain(each.field)}: ${plain(each.observed)} (${plain(pair.target)} with ${plain(pair.driver)}). ${plain(each.sentence)}`,
        '',
        ...block([each.replay], 'sh'),
      ]),
    found.length > MOST_NEW ? [`... and ${number(found.length - MOST_NEW)} more, in the summaries of the pairs.`] : [],
  ]
}

/** Rules of clients, and which of them keep them on any server. */
function clientBlocks({ pairs, drivers }: Matrix): string[][] {
  const asked = drivers.filter((driver) =>
    pairs.some((pair) => pair.driver === driver && pair.shown?.client !== undefined),
  )
  const rows = signaturesIn(pairs, ({ of }) => of === 'client').map(({ each, seenBy }) => [
    `${code(each.rule)}, ${plain(each.field)}: ${plain(each.observed)}. ${sentencesIn(seenBy)}`,
    ...asked.map((driver) => stateText(seenBy.filter((seen) => seen.pair.driver === driver).map((seen) => seen.each))),
  ])
  if (rows.length === 0) return []
  return [['## What clients do otherwise'], table(['divergence', ...asked.map(plain)], rows)]
}

function targetBlocks(title: string, pairs: readonly MatrixPair[]): string[][] {
  const shown = pairs.filter((pair) => pair.shown !== undefined)
  const topics = topicsIn(shown)
  if (topics.length === 0) return []
  const heading = (topic: Pick<MatrixTopic, 'kind' | 'operation'>) => `${title}: ${topic.kind} ${topic.operation}`
  const isLeaseOperation = ({ operation }: MatrixTopic) => LEASE_OPERATIONS.includes(operation)
  const lines = (those: readonly MatrixTopic[]) =>
    table(
      ['kind', 'operation', ...shown.map(({ driver }) => plain(driver))],
      those.map((topic) => [
        topic.kind,
        plain(topic.operation),
        ...shown.map((pair) => topicCell(pair, topic, anchorOf(heading(topic)))),
      ]),
    )
  const uses = lines(topics.filter((topic) => !isLeaseOperation(topic)))
  const diverging = topics.flatMap((topic) => divergenceBlocks(heading(topic), topic, shown))
  return [
    [`## ${plain(title)}, operation by operation`],
    [
      'How many cells agree, of those that the client has a call for. A cell is a state of the resource together with a request; a masked one can be reached only through a divergence.',
    ],
    lines(topics.filter(isLeaseOperation)),
    ...(uses.length === 0 ? [] : [[`### ${plain(title)}: uses, by class`], uses]),
    ...(diverging.length === 0 ? [] : [[`### ${plain(title)}: what diverges`], ...diverging]),
  ]
}

function topicCell(pair: MatrixPair, about: MatrixTopic, anchor: string): string {
  const topic = pair.shown?.topics.find((each) => isSameTopic(each, about))
  if (topic === undefined) return ''
  const verdict = topicVerdict(topic, pair.shown!.divergences)
  const of = topic.agreed + topic.new + topic.known + topic.masked + topic.notImplemented + topic.notReached
  const agreeing = `${number(topic.agreed)} of ${number(of)}`
  switch (verdict) {
    case 'new':
      return `[**new**](#${anchor}), ${agreeing}`
    case 'known':
      return `[${number(topic.divergences.length)} known](#${anchor}), ${agreeing}`
    case 'masked':
      return `[masked](#${anchor}), ${agreeing}`
    case 'not implemented':
      return `not implemented, ${agreeing}`
    case 'agrees':
      return `agrees, ${number(topic.agreed)}${topic.notReached > 0 ? `; ${number(topic.notReached)} not tried` : ''}`
    case 'not tried':
    case 'no call':
      return verdict
    default:
      return verdict satisfies never
  }
}

function divergenceBlocks(heading: string, topic: MatrixTopic, pairs: readonly MatrixPair[]): string[][] {
  const isHere = (each: MatrixDivergence, pair: MatrixPair) => {
    const own = pair.shown!.topics.find((one) => isSameTopic(one, topic))
    return own?.divergences.some((index) => pair.shown!.divergences[index] === each) ?? false
  }
  const rows = signaturesIn(pairs, isHere).map(({ each, seenBy }) => [
    `${code(each.rule)}, ${plain(each.field)}: ${plain(each.observed)}. ${sentencesIn(seenBy)}`,
    ...pairs.map((pair) => stateText(seenBy.filter((seen) => seen.pair === pair).map((seen) => seen.each))),
  ])
  if (rows.length === 0) return []
  return [[`#### ${plain(heading)}`], table(['divergence', ...pairs.map(({ driver }) => plain(driver))], rows)]
}

interface SeenSignature {
  readonly each: MatrixDivergence
  readonly seenBy: readonly { readonly pair: MatrixPair; readonly each: MatrixDivergence }[]
}

/** Divergences that some pairs showed, each once. */
function signaturesIn(
  pairs: readonly MatrixPair[],
  fits: (each: MatrixDivergence, pair: MatrixPair) => boolean,
): readonly SeenSignature[] {
  const all = pairs.flatMap((pair) =>
    (pair.shown?.divergences ?? []).filter((each) => fits(each, pair)).map((each) => ({ pair, each })),
  )
  const alike = Map.groupBy(all, ({ each: { rule, field, observed } }) => JSON.stringify([rule, field, observed]))
  return [...alike].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, seenBy]) => ({ each: seenBy[0]!.each, seenBy }))
}

/** What people wrote of it; two libraries may do the same wrong for different reasons. What was generated says no more. */
function sentencesIn(seenBy: SeenSignature['seenBy']): string {
  const known = seenBy.filter(({ each }) => each.state === 'known')
  const bySentence = Map.groupBy(known.length === 0 ? seenBy.slice(0, 1) : known, ({ each }) => each.sentence)
  return [...bySentence]
    .map(([sentence, own]) => {
      const drivers = [...new Set(own.map(({ pair }) => pair.driver))].join(', ')
      return bySentence.size === 1 ? plain(sentence) : `${plain(drivers)}: ${plain(sentence)}`
    })
    .join(' ')
}

function stateText(seen: readonly MatrixDivergence[]): string {
  const states = new Set(seen.map(({ state }) => state))
  return (['new', 'warning', 'known'] as const)
    .filter((state) => states.has(state))
    .map((state) => (state === 'new' ? '**new**' : state))
    .join(', ')
}

function topicsIn(pairs: readonly MatrixPair[]): readonly MatrixTopic[] {
  const all = pairs.flatMap(({ shown }) => shown?.topics ?? [])
  return [...new Map(all.map((each) => [`${each.kind} ${each.operation}`, each])).values()].toSorted(compareTopics)
}

function isSameTopic(a: Pick<MatrixTopic, 'kind' | 'operation'>, b: Pick<MatrixTopic, 'kind' | 'operation'>): boolean {
  return a.kind === b.kind && a.operation === b.operation
}
