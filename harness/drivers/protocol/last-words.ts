import type { Readable } from 'node:stream'

/** How much of what a program wrote is kept. */
const KEPT_CHARACTERS = 4_000
/** The stack of an error is about as long, and what went wrong may stand above or below it. */
const SHOWN_LINES = 20

/**
 * Reads what a program writes to its standard error, however much that is, and remembers the end of it.
 * @param heard hears all of it, as it comes
 * @returns what to add to a message about its failure, on lines of its own: nothing if it wrote nothing
 */
export function lastWords(stderr: Readable, heard?: (text: string) => void): () => string {
  let tail = ''
  stderr.setEncoding('utf8').on('data', (chunk: string) => {
    tail = (tail + chunk).slice(-KEPT_CHARACTERS)
    heard?.(chunk)
  })
  return () => {
    const lines = tail.trim().split('\n').slice(-SHOWN_LINES)
    return lines.join('') === '' ? '' : `\nits last words:\n${lines.map((line) => `  ${line}`).join('\n')}`
  }
}
