import { UsageError } from '../../errors.ts'

/** A word of a command line: plain, or in quotes, or both in one. */
const WORD = /\s*((?:[^\s"']|"[^"]*"|'[^']*')+)/y

/**
 * Splits a command as a shell would, as far as spaces and quotes go; nothing is expanded, since no shell will see it.
 * @throws UsageError for a quote that does not end.
 */
export function commandWords(text: string): readonly string[] {
  const words: string[] = []
  const pattern = new RegExp(WORD)
  for (const end = text.trimEnd(); pattern.lastIndex < end.length; ) {
    const found = pattern.exec(end)
    if (found === null) throw new UsageError(`the command ${JSON.stringify(text)} has a quote that does not end`)
    words.push(found[1]!.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single))
  }
  if (words.length === 0) throw new UsageError('the command is empty; leave --command out to start the image as it is')
  return words
}
