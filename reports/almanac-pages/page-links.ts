import { anchorOf } from './anchors.ts'

/** A link of a page, as it is written. */
export interface PageLink {
  readonly href: string
  readonly isExternal: boolean
}

/** Every link of a Markdown text: in line, as a picture, or defined for references. Code is no place for links. */
export function linksIn(markdown: string): readonly PageLink[] {
  const text = withoutCode(markdown, 'inline too')
  const inLine = [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, href]) => href!)
  const defined = [...text.matchAll(/^\[[^\]]+\]: (\S+)$/gm)].map(([, href]) => href!)
  return [...inLine, ...defined].map((href) => ({ href, isExternal: /^[a-z]+:/i.test(href) }))
}

/** References to definitions that are not there. */
export function undefinedReferencesIn(markdown: string): readonly string[] {
  const text = withoutCode(markdown, 'inline too')
  const defined = new Set([...text.matchAll(/^\[([^\]]+)\]: /gm)].map(([, key]) => key!))
  return [...text.matchAll(/\]\[([^\]]+)\]/g)].map(([, key]) => key!).filter((key) => !defined.has(key))
}

/** The anchors of a Markdown text as GitHub makes them: a heading that comes again gets a number. */
export function anchorsIn(markdown: string): readonly string[] {
  const seen = new Map<string, number>()
  return [...withoutCode(markdown, 'blocks').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
    const anchor = anchorOf(shown(heading!))
    const before = seen.get(anchor) ?? 0
    seen.set(anchor, before + 1)
    return before === 0 ? anchor : `${anchor}-${before}`
  })
}

/** A heading as readers see it: without escapes, marks of code, and with links as their text. */
function shown(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .replace(/\\(.)/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
}

function withoutCode(markdown: string, which: 'blocks' | 'inline too'): string {
  const text = markdown.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '')
  // A link may have code for its text, so only the code goes and not its brackets.
  return which === 'blocks' ? text : text.replace(/(`+)[^`\n]*?\1/g, '')
}
