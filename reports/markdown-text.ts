import { number } from './counting.ts'
import { printable } from './printable.ts'

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '&': '&amp;', '`': '&#96;' }

/** Text that Markdown shows as it stands. */
export function plain(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>|#&~$]/g, (character) => ENTITIES[character] ?? `\\${character}`)
}

/** Text as code, in a line. */
export function code(text: string): string {
  const shown = text === '' ? '(empty)' : printable(text)
  const fence = '`'.repeat(longestRun(shown) + 1)
  const gap = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return `${fence}${gap}${shown}${gap}${fence}`
}

/** Text as code in a cell of a table, where Markdown wants a bar escaped even inside code. */
export function codeCell(text: string): string {
  return code(text).replaceAll('|', '\\|')
}

/** A heading with how many things are below it; nothing for none. */
export function heading(title: string, amount: number): string[] {
  return amount === 0 ? [] : [`### ${title} (${number(amount)})`]
}

/** Blocks of lines as a document; a block without lines is left out. */
export function documentOf(blocks: readonly (readonly string[])[]): string {
  const told = blocks.filter(({ length }) => length > 0)
  return `${told.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

/** Lines as a block of code. */
export function block(lines: readonly string[], language: string): string[] {
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)))
  return [`${fence}${language}`, ...lines, fence]
}

/** A table; nothing if it has no rows. Cells are Markdown already. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return []
  return [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

/** Something that is folded until a reader opens it. */
export function details(summary: string, lines: readonly string[]): string[] {
  return ['<details>', `<summary>${plain(summary)}</summary>`, '', ...lines, '', '</details>']
}

/** A link, if there is somewhere to go; anything but a web address stays text. */
export function link(text: string, where: string): string {
  return /^https?:\/\/[^\s()<>|]+$/.test(where) ? `[${plain(text)}](${where})` : plain(text)
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}
