export type ReadJsons = { readonly documents: readonly unknown[] } | { readonly error: string }

/**
 * Reads a JSON file; also one to which recorders have appended, with several documents that each begin in the first
 * column. An error is a clause that names the place and quotes nothing of the file.
 */
export function readJsons(text: string): ReadJsons {
  try {
    return { documents: [JSON.parse(text)] }
  } catch (error) {
    const parts = text.split(/(?<=[\]}])\s*\n(?=[[{])/)
    const documents = parts.length === 1 ? undefined : parsedAll(parts)
    return documents === undefined ? { error: `it is no valid JSON${placeIn(error, text)}` } : { documents }
  }
}

function parsedAll(parts: readonly string[]): readonly unknown[] | undefined {
  try {
    return parts.map((part) => JSON.parse(part))
  } catch {
    return undefined
  }
}

/** Where the parser stopped; its own message quotes the file, which may hold a secret. */
function placeIn(error: unknown, text: string): string {
  const { message } = error as SyntaxError
  const found = / at position ([0-9]+)/.exec(message)?.[1]
  const position = found === undefined ? undefined : Number(found)
  if (/end of JSON input|Unterminated string/.test(message) || position === text.length)
    return ', since it ends too early'
  return position === undefined ? '' : ` in line ${text.slice(0, position).split('\n').length}`
}
