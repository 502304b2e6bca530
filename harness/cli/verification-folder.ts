import type { VerificationDocument } from '../../reports/verification/document.ts'
import { renderVerificationJunit } from '../../reports/verification/junit.ts'
import { renderVerificationMarkdown } from '../../reports/verification/markdown.ts'
import type { VerificationEvent } from '../../reports/verification/verification.ts'
import { ReportFiles } from './report-files.ts'

const STREAM = 'verification.ndjson'
const DOCUMENT = 'verification.json'
const JUNIT = 'junit.xml'
const SUMMARY = 'summary.md'
export const VERIFICATION_FILES = [STREAM, DOCUMENT, JUNIT, SUMMARY] as const

/** The folder that judging recordings leaves behind: its events as they happen, and the reports made of them at the end. */
export class VerificationFolder {
  readonly #files: ReportFiles

  /** @throws UsageError if the folder cannot be written. */
  constructor(path: string) {
    this.#files = new ReportFiles(path, STREAM, [DOCUMENT, JUNIT, SUMMARY])
  }

  /** @throws UsageError if it cannot be written. */
  add(event: VerificationEvent): void {
    this.#files.append(`${JSON.stringify(event)}\n`)
    // The header at once: whoever follows the stream sees that it has begun.
    if (event.event === 'header') this.#files.flush()
  }

  /**
   * Writes the reports.
   * @throws UsageError if they cannot be written.
   */
  finish(events: readonly VerificationEvent[], document: VerificationDocument): void {
    this.#files.close()
    this.#files.write(DOCUMENT, `${JSON.stringify(document, null, 2)}\n`)
    this.#files.write(JUNIT, renderVerificationJunit(events))
    this.#files.write(SUMMARY, renderVerificationMarkdown(events))
  }
}
