import { sourceLinks } from './evidence-lines.ts'
import type { Page } from './page.ts'

/** A page of some lines, with the links that they refer to at its end. */
export function pageOf(path: string, lines: readonly string[]): Page {
  const text = lines.join('\n').trimEnd()
  return { path, text: `${[text, ...sourceLinks(lines)].join('\n')}\n` }
}
