import { count, lasting, number } from './counting.ts'
import type { Matrix, MatrixDivergence, MatrixPair } from './matrix.ts'
import { pairText } from './matrix-verdict.ts'
import { paragraph, row } from './terminal/layout.ts'
import { type Paint, painter, type Tone } from './terminal/paint.ts'

/** The matrix for people at a terminal: every pair in a line, then what is new and what clients do otherwise. */
export function renderMatrix(matrix: Matrix, { colour }: { readonly colour: boolean }): string {
  const paint = painter(colour)
  const byTarget = Map.groupBy(matrix.pairs, ({ target }) => target)
  const lines = [
    '',
    ...[...byTarget].flatMap(([target, pairs]) => [
      paint('heading', pairs.find(({ shown }) => shown !== undefined)?.shown?.target ?? target),
      ...pairs.flatMap((pair) => pairLines(pair, paint)),
      '',
    ]),
    ...newLines(matrix, paint),
    ...clientLines(matrix, paint),
    ...exitLines(matrix, paint),
  ]
  return lines.join('\n')
}

const TONES: Readonly<Record<MatrixPair['verdict'], Tone>> = {
  'nothing new': 'good',
  'something new': 'bad',
  'could not run': 'bad',
  'left out': 'quiet',
  'not run': 'warning',
}

function pairLines(pair: MatrixPair, paint: Paint): readonly string[] {
  const { driver, shown, durationMs, verdict } = pair
  const reached = shown === undefined ? '' : `${number(shown.cells.reached)} of ${number(shown.cells.reachable)} cells`
  const rules = shown === undefined ? '' : `${number(shown.rules.reached)} of ${number(shown.rules.reachable)} rules`
  const lines = row([
    { text: driver, columns: 14 },
    { text: pairText(pair), columns: 27 },
    { text: reached, columns: 23 },
    { text: rules, columns: 16 },
    { text: durationMs === 0 ? '' : lasting(durationMs), columns: 10, align: 'right' },
  ])
  return [
    ...lines.map((line) => paint(TONES[verdict], `  ${line}`)),
    ...(shown?.client === undefined ? [] : paragraph(shown.client, 18).map((line) => paint('quiet', line))),
  ]
}

/** Most people look at the first. */
const MOST_NEW = 10

function newLines({ pairs }: Matrix, paint: Paint): readonly string[] {
  const found = pairs.flatMap((pair) =>
    (pair.shown?.divergences ?? []).filter(({ state }) => state === 'new').map((each) => ({ pair, each })),
  )
  if (found.length === 0) return []
  return [
    paint('heading', `New divergences, which fail the run (${number(found.length)})`),
    ...found
      .slice(0, MOST_NEW)
      .flatMap(({ pair, each }) => [
        ...paragraph(`${pair.target} with ${pair.driver}: ${signature(each)}`, 4, '  -'),
        ...paragraph(each.sentence, 4),
        `    ${each.replay}`,
      ]),
    ...(found.length > MOST_NEW ? [`  ... and ${number(found.length - MOST_NEW)} more, in matrix.md`] : []),
    '',
  ]
}

/** What is wrong is often the same for many rules, so what has the same sentence stands together. */
function clientLines({ pairs }: Matrix, paint: Paint): readonly string[] {
  const all = pairs.flatMap(({ driver, shown }) =>
    (shown?.divergences ?? [])
      .filter(({ of, state }) => of === 'client' && state !== 'new')
      .map((each) => ({ driver, each })),
  )
  const bySentence = Map.groupBy(all, ({ each }) => each.sentence)
  if (bySentence.size === 0) return []
  return [
    paint('heading', `What clients are known to do otherwise (${number(bySentence.size)})`),
    ...[...bySentence].flatMap(([sentence, own]) => {
      const drivers = [...new Set(own.map(({ driver }) => driver))].join(', ')
      const signatures = [...new Set(own.map(({ each }) => signature(each)))]
      const others = signatures.length === 1 ? '' : `, and ${number(signatures.length - 1)} more like it`
      return [...paragraph(`${drivers}: ${sentence}`, 4, '  -'), ...paragraph(`(${signatures[0]}${others})`, 4)]
    }),
    '',
  ]
}

const MEANINGS: Readonly<Record<number, string>> = {
  0: 'nothing new',
  1: 'something new',
  2: 'wrong usage or unusable configuration',
  3: 'not every pair could run',
  4: 'leasecheck itself failed',
  130: 'interrupted',
}

function exitLines({ exitStatus, pairs, durationMs }: Matrix, paint: Paint): readonly string[] {
  const tone = exitStatus === 0 ? 'good' : 'bad'
  const text = `Exit status ${exitStatus}: ${MEANINGS[exitStatus] ?? 'unknown'}, ${count(pairs.length, 'pair')} after ${lasting(durationMs)}.`
  return [paint(tone, text), '']
}

function signature({ rule, field, observed }: MatrixDivergence): string {
  return `${rule}, ${field}: ${observed}`
}
