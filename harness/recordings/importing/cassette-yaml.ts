import { type ReadYaml, readYaml } from './lenient-yaml.ts'
import { readPlainYaml } from './plain-yaml.ts'

/** How vcrpy, go-vcr and VCR for Ruby lay out a cassette. */
const LAYOUT = /^(?:---\n)?(?:[a-z]+: [^\n]*\n)*(?:http_)?interactions:\n- /
const NEXT = '\n- '
/** Another document, or a key after the interactions. */
const TAIL = /\n(?:---|\.\.\.|[A-Za-z_]+:)/g

/**
 * Reads a cassette as YAML. In the usual layout it is read interaction by interaction: most of them are the plainest YAML, and
 * memory stays small. What looks otherwise, and what does not succeed so, is read as a whole.
 */
export function readCassette(text: string): ReadYaml {
  const interactions = interactionsIn(text)
  return interactions === undefined ? readYaml(text) : { documents: [{ interactions }] }
}

function interactionsIn(text: string): readonly unknown[] | undefined {
  const layout = LAYOUT.exec(text)
  const end = layout === null ? undefined : endOfInteractions(text, layout[0].length)
  if (layout === null || end === undefined) return undefined
  const interactions: unknown[] = []
  for (let at = layout[0].length - NEXT.length + 1; at < end; ) {
    const next = text.indexOf(NEXT, at)
    const upTo = next < 0 || next >= end ? end : next + 1
    const part = text.slice(at, upTo)
    const value = readPlainYaml(part, readByLibrary)?.value ?? readByLibrary(part)
    if (!Array.isArray(value) || value.length !== 1) return undefined
    interactions.push(value[0])
    at = upTo
  }
  return interactions
}

/** Where the interactions end, if nothing but plain keys come behind them; undefined if another document does. */
function endOfInteractions(text: string, from: number): number | undefined {
  TAIL.lastIndex = from
  const tail = TAIL.exec(text)
  if (tail === null) return text.length
  return /^(?:[A-Za-z_]+: [^\n]*\n?)*$/.test(text.slice(tail.index + 1)) ? tail.index + 1 : undefined
}

function readByLibrary(part: string): unknown {
  const read = readYaml(part)
  return 'documents' in read ? read.documents[0] : undefined
}
