import type { z } from 'zod'
import { complaint } from './complaint.ts'
import { printable } from './printable.ts'
import type { Signature } from './results.ts'
import { signatureText } from './sentence.ts'

/** Entries that people keep about divergences, each known by rule, field and observed value. */
interface EntriesFile {
  readonly entries: readonly Signature[]
}

/**
 * Reads a JSON file of entries; an error is one sentence that names the file, the place and the fix.
 *
 * @param name what to call the file in an error
 */
export function parseEntriesFile<F extends EntriesFile>(
  schema: z.ZodType<F>,
  text: string,
  name: string,
): { readonly file: F } | { readonly error: string } {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    const where = printable((error as SyntaxError).message)
    return {
      error: `${name} is not JSON (${where}); correct it, or delete it and write it anew with --update-baseline`,
    }
  }
  const read = schema.safeParse(data)
  if (!read.success) return { error: `${name}: ${complaint(read.error, data)}` }
  const { entries } = read.data
  const second = entries.findIndex((entry, index) => entries.findIndex((each) => isSame(each, entry)) < index)
  if (second < 0) return { file: read.data }
  const twin = signatureText(entries[second]!)
  return { error: `${name}: entries[${second}] lists "${printable(twin)}" a second time; remove one of the two` }
}

export function isSame(a: Signature, b: Signature): boolean {
  return a.rule === b.rule && a.field === b.field && a.observed === b.observed
}
