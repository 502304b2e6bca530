import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { renderJunit } from '../../reports/junit.ts'
import { renderMarkdown } from '../../reports/markdown.ts'
import { serialise, stable } from '../../reports/ndjson.ts'
import type { ResultEvent } from '../../reports/results.ts'
import { UsageError } from '../errors.ts'

/** The folder that a run leaves behind: its events as they happen, and the reports made of them at the end. */
export class ResultsFolder {
  readonly path: string
  readonly events: ResultEvent[] = []
  readonly #file: number
  readonly #stable: boolean
  #pending = ''

  /** @throws UsageError if the folder cannot be written. */
  constructor(path: string, stableOutput: boolean) {
    this.path = path
    this.#stable = stableOutput
    try {
      mkdirSync(path, { recursive: true })
      this.#file = openSync(join(path, 'results.ndjson'), 'w')
    } catch (error) {
      throw new UsageError(
        `results cannot be written to ${path} (${(error as NodeJS.ErrnoException).code}); give another folder with --out`,
      )
    }
  }

  add(event: ResultEvent): void {
    const clock = this.events[0]?.event === 'header' ? this.events[0].clock : undefined
    const kept = this.#stable ? stable(event, clock) : event
    this.events.push(kept)
    this.#pending += serialise(kept)
    if (this.#pending.length > FLUSH_LENGTH) this.#flush()
  }

  /** Writes the reports. Without a footer among the events they say that the run is incomplete. */
  finish(): void {
    this.#flush()
    closeSync(this.#file)
    writeFileSync(join(this.path, 'junit.xml'), renderJunit(this.events))
    writeFileSync(join(this.path, 'summary.md'), renderMarkdown(this.events))
  }

  #flush(): void {
    writeSync(this.#file, this.#pending)
    this.#pending = ''
  }
}

/** Events are written in portions of about so many characters. */
const FLUSH_LENGTH = 64 * 1024
