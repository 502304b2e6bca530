import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../errors.ts'

/** A stream is written in portions of about so many characters. */
const FLUSH_LENGTH = 64 * 1024

/** A folder with a stream of lines and the reports that are made of it at the end. Whatever cannot be written is a UsageError. */
export class ReportFiles {
  readonly path: string
  readonly #file: number
  #pending = ''

  /** Whoever finds reports beside the stream must find those made of it, so older ones are removed. */
  constructor(path: string, stream: string, reports: readonly string[]) {
    this.path = path
    this.#file = this.#writing(() => {
      mkdirSync(path, { recursive: true })
      for (const report of reports) rmSync(join(path, report), { force: true })
      return openSync(join(path, stream), 'w')
    })
  }

  /** Adds to the stream, sooner or later. */
  append(text: string): void {
    this.#pending += text
    if (this.#pending.length > FLUSH_LENGTH) this.flush()
  }

  flush(): void {
    const bytes = Buffer.from(this.#pending)
    this.#pending = ''
    this.#writing(() => {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#file, bytes, written)
    })
  }

  /** Ends the stream. */
  close(): void {
    this.flush()
    this.#writing(() => closeSync(this.#file))
  }

  /** Writes a report. */
  write(file: string, text: string): void {
    this.#writing(() => writeFileSync(join(this.path, file), text))
  }

  #writing<T>(write: () => T): T {
    try {
      return write()
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === undefined) throw error
      throw new UsageError(`results cannot be written to ${this.path} (${code}); give another folder with --out`)
    }
  }
}
