import type { StateChange } from '../../../properties/casebook/state-changes.ts'
import type { AlmanacData } from '../almanac-data.ts'
import type { Page } from '../page.ts'
import { type Arrow, BOX, LAYOUTS, type Layout } from './layout.ts'

/** Which kinds have a diagram, and in which file. */
export const DIAGRAMS = LAYOUTS.map(({ kind }) => ({ kind, path: `diagrams/${kind}.svg` }))

/** The state diagrams: places by hand, arrows and their words from the rules. */
export function diagramPages({ stateChanges, nouns }: Pick<AlmanacData, 'stateChanges' | 'nouns'>): readonly Page[] {
  return LAYOUTS.map((layout) => ({
    path: `diagrams/${layout.kind}.svg`,
    text: diagram(
      layout,
      stateChanges.filter(({ kind }) => kind === layout.kind),
      nouns[layout.kind],
    ),
  }))
}

/** @throws Error if the model has a change of state, or a state, that the layout has no place for. */
function diagram(layout: Layout, changes: readonly StateChange[], noun: string): string {
  const { width, height, states } = layout
  const ways = Map.groupBy(changes, ({ from, to }) => `${from} ${to}`)
  for (const way of ways.keys()) {
    if (!layout.arrows.some(({ from, to }) => `${from} ${to}` === way))
      throw new Error(`the diagram of ${layout.kind} has no arrow for ${way}: add one to the layout`)
  }
  const drawn = layout.arrows.filter(({ from, to }) => ways.has(`${from} ${to}`))
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="States of the lease of a ${noun}">`,
    `<title>States of the lease of a ${noun}</title>`,
    STYLE,
    '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M 0 0 L 10 5 L 0 10 z"/></marker></defs>',
    ...drawn.flatMap((arrow) => arrowLines(arrow, ways.get(`${arrow.from} ${arrow.to}`)!)),
    ...states.flatMap(({ state, x, y }) => [
      `<rect class="${LOCKED.has(state) ? 'locked' : 'unlocked'}" x="${x - BOX.width / 2}" y="${y - BOX.height / 2}" width="${BOX.width}" height="${BOX.height}" rx="10"/>`,
      `<text class="state" x="${x}" y="${y + 5}" text-anchor="middle">${state}</text>`,
    ]),
    '</svg>',
  ].join('\n')}\n`
}

const LOCKED: ReadonlySet<string> = new Set(['leased', 'breaking'])

/** Readable on light and on dark pages; locked states have a thick border. */
const STYLE = `<style>
text { font: 13px system-ui, sans-serif; fill: #24292f; stroke: #ffffff; stroke-width: 3px; paint-order: stroke; }
.state { font-weight: 600; font-size: 15px; stroke: none; }
.time { font-style: italic; }
rect { fill: #f6f8fa; stroke: #57606a; stroke-width: 1.2; }
rect.locked { stroke-width: 3; }
path { fill: none; stroke: #57606a; stroke-width: 1.4; }
path.head { fill: #57606a; stroke: none; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; stroke: #0d1117; }
rect { fill: #161b22; stroke: #9198a1; }
path { stroke: #9198a1; }
path.head { fill: #9198a1; }
}
</style>`

function arrowLines({ from, to, path, x, y, anchor }: Arrow, changes: readonly StateChange[]): readonly string[] {
  const words = wordsOf(changes)
  const onlyTime = changes.every(({ by }) => by === 'time')
  const dash = onlyTime ? ' stroke-dasharray="6 4"' : ''
  return [
    `<path d="${path}" marker-end="url(#head)"${dash}><title>${from} to ${to}</title></path>`,
    ...words.map(
      (word, at) =>
        `<text${word === TIME ? ' class="time"' : ''} x="${x}" y="${y + at * 15}" text-anchor="${anchor}">${word}</text>`,
    ),
  ]
}

const TIME = 'time'
const ACTIONS = ['acquire', 'renew', 'change', 'release', 'break'] as const

/** One line for the lease operations, one for uses, which are all writes of some sort, and one for time. */
function wordsOf(changes: readonly StateChange[]): readonly string[] {
  const by = new Set(changes.map((change) => change.by))
  const actions = ACTIONS.filter((action) => by.has(action)).join(', ')
  const isMoved = by.has('rename')
  const isWritten = [...by].some((each) => each !== TIME && each !== 'rename' && !ACTIONS.some((one) => one === each))
  const uses = [...(isWritten ? ['write'] : []), ...(isMoved ? ['rename onto it'] : [])].join(', ')
  return [actions, uses, by.has(TIME) ? TIME : ''].filter((word) => word !== '')
}
