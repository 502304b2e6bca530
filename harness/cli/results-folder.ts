import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { CellResultsFile } from '../../reports/cell-results.ts'
import { renderCellResults } from '../../reports/cell-tally.ts'
import { renderJunit } from '../../reports/junit.ts'
import { renderMarkdown } from '../../reports/markdown.ts'
import { serialise, stable } from '../../reports/ndjson.ts'
import type { ResultEvent } from '../../reports/results.ts'
import { UsageError } from '../errors.ts'

/** Events are written in portions of about so many characters. */
const FLUSH_LENGTH = 64 * 1024

/** The folder that a run leaves behind: its events as they happen, and the reports made of them at the end. */
export class ResultsFolder {
  readonly path: string
  /** All but the verdicts, of which there may be a million. */
  readonly events: ResultEvent[] = []
  readonly #file: number
  readonly #stable: boolean
  #pending = ''

  /** @throws UsageError if the folder cannot be written. */
  constructor(path: string, stableOutput: boolean) {
    this.path = path
    this.#stable = stableOutput
    this.#file = this.#writing(() => {
      mkdirSync(path, { recursive: true })
      // Whoever finds reports beside the results must find those of this run.
      for (const report of ['cells.json', 'junit.xml', 'summary.md', 'proposals.json', 'proposals.md'])
        rmSync(join(path, report), { force: true })
      return openSync(join(path, 'results.ndjson'), 'w')
    })
  }

  /** @throws UsageError if it cannot be written. */
  add(event: ResultEvent): void {
    const clock = this.events[0]?.event === 'header' ? this.events[0].clock : undefined
    const kept = this.#stable ? stable(event, clock) : event
    if (kept.event !== 'verdict') this.events.push(kept)
    this.#pending += serialise(kept)
    if (this.#pending.length > FLUSH_LENGTH) this.#flush()
  }

  /**
   * Writes the reports. Without a footer among the events they say that the run is incomplete.
   * @param cells what became of each cell
   * @throws UsageError if they cannot be written.
   */
  finish(cells: CellResultsFile): void {
    this.#flush()
    this.#writing(() => {
      closeSync(this.#file)
      writeFileSync(join(this.path, 'cells.json'), renderCellResults(cells))
      writeFileSync(join(this.path, 'junit.xml'), renderJunit(this.events))
      writeFileSync(join(this.path, 'summary.md'), renderMarkdown(this.events))
    })
  }

  /**
   * Writes one more report beside them.
   * @throws UsageError if it cannot be written.
   */
  write(file: string, text: string): void {
    this.#writing(() => writeFileSync(join(this.path, file), text))
  }

  #flush(): void {
    const text = this.#pending
    this.#pending = ''
    this.#writing(() => {
      const bytes = Buffer.from(text)
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#file, bytes, written)
    })
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
