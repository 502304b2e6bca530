import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { VerificationDocument } from '../../reports/verification/document.ts'
import { renderVerificationJunit } from '../../reports/verification/junit.ts'
import { renderVerificationMarkdown } from '../../reports/verification/markdown.ts'
import type { VerificationEvent } from '../../reports/verification/verification.ts'
import { UsageError } from '../errors.ts'

/** Events are written in portions of about so many characters. */
const FLUSH_LENGTH = 64 * 1024
const STREAM = 'verification.ndjson'
const DOCUMENT = 'verification.json'
const JUNIT = 'junit.xml'
const SUMMARY = 'summary.md'
export const VERIFICATION_FILES = [STREAM, DOCUMENT, JUNIT, SUMMARY] as const

/** The folder that judging recordings leaves behind: its events as they happen, and the reports made of them at the end. */
export class VerificationFolder {
  readonly #path: string
  readonly #file: number
  #pending = ''

  /** @throws UsageError if the folder cannot be written. */
  constructor(path: string) {
    this.#path = path
    this.#file = this.#writing(() => {
      mkdirSync(path, { recursive: true })
      // Whoever finds reports beside the stream must find those made of it.
      for (const report of VERIFICATION_FILES) if (report !== STREAM) rmSync(join(path, report), { force: true })
      return openSync(join(path, STREAM), 'w')
    })
  }

  /** @throws UsageError if it cannot be written. */
  add(event: VerificationEvent): void {
    this.#pending += `${JSON.stringify(event)}\n`
    // The header at once: whoever follows the stream sees that it has begun.
    if (event.event === 'header' || this.#pending.length > FLUSH_LENGTH) this.#flush()
  }

  /**
   * Writes the reports.
   * @throws UsageError if they cannot be written.
   */
  finish(events: readonly VerificationEvent[], document: VerificationDocument): void {
    this.#flush()
    this.#writing(() => {
      closeSync(this.#file)
      writeFileSync(join(this.#path, DOCUMENT), `${JSON.stringify(document, null, 2)}\n`)
      writeFileSync(join(this.#path, JUNIT), renderVerificationJunit(events))
      writeFileSync(join(this.#path, SUMMARY), renderVerificationMarkdown(events))
    })
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending)
    this.#pending = ''
    this.#writing(() => {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#file, bytes, written)
    })
  }

  #writing<T>(write: () => T): T {
    try {
      return write()
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === undefined) throw error
      throw new UsageError(`results cannot be written to ${this.#path} (${code}); give another folder with --out`)
    }
  }
}
