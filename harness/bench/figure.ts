/** One measured number of DESIGN.md section 10, or the reason why there is none. */
export type Figure = Measured | NotMeasured

export interface Measured {
  readonly name: string
  readonly value: number
  readonly unit: 's' | 'ms' | 'us' | '/s' | '%' | 'bytes' | 'MB' | 'times'
  /** What the finished product has to reach; left out where nothing was promised. */
  readonly bar?: Bar
  /** How the number came about, and what stands beside it. */
  readonly notes: readonly string[]
}

export interface NotMeasured {
  readonly name: string
  readonly notMeasured: string
}

export type Bar = { readonly atMost: number } | { readonly atLeast: number }

/** Whether a figure reaches its bar; undefined where there is nothing to reach or nothing was measured. */
export function holds(figure: Figure): boolean | undefined {
  if ('notMeasured' in figure || figure.bar === undefined) return undefined
  return 'atMost' in figure.bar ? figure.value <= figure.bar.atMost : figure.value >= figure.bar.atLeast
}

/** A figure as lines for people. */
export function renderFigure(figure: Figure): string {
  if ('notMeasured' in figure) return `${figure.name}\n  not measured: ${figure.notMeasured}`
  const verdict = { true: 'holds', false: 'MISSED', undefined: 'no bar' }[String(holds(figure))]
  const bar = figure.bar === undefined ? '' : `, bar ${barText(figure.bar, figure.unit)}`
  return [
    figure.name,
    `  ${quantity(figure.value, figure.unit)}${bar}: ${verdict}`,
    ...figure.notes.map((note) => `    ${note}`),
  ].join('\n')
}

/** A figure for programs. */
export function figureJson(figure: Figure): object {
  const held = holds(figure)
  return held === undefined ? figure : { ...figure, holds: held }
}

function barText(bar: Bar, unit: Measured['unit']): string {
  return 'atMost' in bar ? `at most ${quantity(bar.atMost, unit)}` : `at least ${quantity(bar.atLeast, unit)}`
}

/** A number with its unit, with as many digits as mean something. */
export function quantity(value: number, unit: Measured['unit']): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2
  const text = value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return unit === '/s' || unit === '%' ? `${text}${unit === '%' ? ' %' : unit}` : `${text} ${unit}`
}
