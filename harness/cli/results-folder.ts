import type { CellResultsFile } from '../../reports/cell-results.ts'
import { renderCellResults } from '../../reports/cell-tally.ts'
import { renderJunit } from '../../reports/junit.ts'
import { renderMarkdown } from '../../reports/markdown.ts'
import { serialise, stable } from '../../reports/ndjson.ts'
import type { ResultEvent } from '../../reports/results.ts'
import { ReportFiles } from './report-files.ts'

/** Every report that a run may make beside its stream. */
const REPORTS = ['cells.json', 'junit.xml', 'summary.md', 'proposals.json', 'proposals.md']

/** The folder that a run leaves behind: its events as they happen, and the reports made of them at the end. */
export class ResultsFolder {
  /** All but the verdicts, of which there may be a million. */
  readonly events: ResultEvent[] = []
  readonly #files: ReportFiles
  readonly #stable: boolean

  /** @throws UsageError if the folder cannot be written. */
  constructor(path: string, stableOutput: boolean) {
    this.#stable = stableOutput
    this.#files = new ReportFiles(path, 'results.ndjson', REPORTS)
  }

  get path(): string {
    return this.#files.path
  }

  /** @throws UsageError if it cannot be written. */
  add(event: ResultEvent): void {
    const clock = this.events[0]?.event === 'header' ? this.events[0].clock : undefined
    const kept = this.#stable ? stable(event, clock) : event
    if (kept.event !== 'verdict') this.events.push(kept)
    this.#files.append(serialise(kept))
  }

  /**
   * Writes the reports. Without a footer among the events they say that the run is incomplete.
   * @param cells what became of each cell
   * @throws UsageError if they cannot be written.
   */
  finish(cells: CellResultsFile): void {
    this.#files.close()
    this.write('cells.json', renderCellResults(cells))
    this.write('junit.xml', renderJunit(this.events))
    this.write('summary.md', renderMarkdown(this.events))
  }

  /**
   * Writes one more report beside them.
   * @throws UsageError if it cannot be written.
   */
  write(file: string, text: string): void {
    this.#files.write(file, text)
  }
}
