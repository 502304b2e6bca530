import { mkdirSync } from 'node:fs'
import { UsageError } from '../errors.ts'

/**
 * Writes to a folder, which is made if it is not there.
 * @throws UsageError if the system does not let us
 */
export function writingTo<T>(folder: string, write: () => T): T {
  try {
    mkdirSync(folder, { recursive: true })
    return write()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new UsageError(`results cannot be written to ${folder} (${code}); give another folder with --out`)
  }
}
