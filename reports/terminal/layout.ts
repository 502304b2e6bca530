import { printable } from '../printable.ts'

/** No line is wider, except commands that people copy. */
export const COLUMNS = 100

/** Breaks text at its spaces; a word that is wider than a line is cut. Never empty. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of printable(text)
    .split(' ')
    .flatMap((each) => cut(each, columns))) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

/** Text below a margin; `first` stands in the margin of the first line. */
export function paragraph(text: string, margin: number, first = ''): string[] {
  return wrapped(text, COLUMNS - margin).map((line, index) => `${(index === 0 ? first : '').padEnd(margin)}${line}`)
}

export interface Cell {
  readonly text: string
  readonly columns: number
  readonly align?: 'right'
}

/** Cells side by side, each wrapped in its own width; cells are separated by two spaces. */
export function row(cells: readonly Cell[]): string[] {
  const filled = cells.map(({ text, columns }) => wrapped(text, columns))
  const height = Math.max(...filled.map(({ length }) => length))
  const cellAt = ({ columns, align }: Cell, index: number, line: number) => {
    const text = filled[index]![line] ?? ''
    return align === 'right' ? text.padStart(columns) : text.padEnd(columns)
  }
  return Array.from({ length: height }, (_, line) => {
    return cells
      .map((cell, index) => cellAt(cell, index, line))
      .join('  ')
      .trimEnd()
  })
}

const LABEL_COLUMNS = 16

/** A fact with its name: `  requests      9,102`. */
export function fact(name: string, text: string): string[] {
  return paragraph(text, LABEL_COLUMNS, `  ${name}`)
}

function cut(word: string, columns: number): string[] {
  if (word.length <= columns) return [word]
  const pieces: string[] = ['']
  for (const character of word) {
    if (pieces.at(-1)!.length + character.length > columns) pieces.push('')
    pieces[pieces.length - 1] += character
  }
  return pieces
}
