import { readFileSync } from 'node:fs'
import { UsageError } from '../errors.ts'

/**
 * What a baseline file holds.
 * @throws UsageError if it cannot be read or is damaged.
 */
export function parsedBaseline<B>(
  file: string,
  parse: (text: string, file: string) => { readonly baseline: B } | { readonly error: string },
): B {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(
      `the baseline ${file} cannot be read (${(error as NodeJS.ErrnoException).code}); give another --baseline, or none`,
    )
  }
  const parsed = parse(text, file)
  if ('error' in parsed) throw new UsageError(`the baseline ${parsed.error}`)
  return parsed.baseline
}
