import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { importRecording } from './import-recording.ts'
import { failure, type Imported } from './imported.ts'

/** Measured: YAML needs some fifteen times its size in memory while it is read, and a process has 2 GB on a small machine. */
const LARGEST_MIB = 128

/** Reads a file of recorded HTTP sessions. */
export function importFile(path: string): Imported {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, 'r')
    const sizeMiB = fstatSync(descriptor).size / 2 ** 20
    if (sizeMiB > LARGEST_MIB)
      return failure(path, 'too large', `it has ${Math.ceil(sizeMiB)} MiB, and at most ${LARGEST_MIB} are read`)
    return importRecording(readFileSync(descriptor), path)
  } catch (error) {
    if (!isSystemError(error)) throw error
    return failure(path, 'unreadable', `it cannot be read (${error.code})`)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
