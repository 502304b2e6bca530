import type { Progress } from '../campaign/listener.ts'
import { StatusLine } from './status-line.ts'

/** How far a run has come. */
export class ProgressLine {
  readonly #line: StatusLine
  readonly #cells: number

  constructor(stream: NodeJS.WriteStream, reachableCells: number) {
    this.#line = new StatusLine(stream)
    this.#cells = reachableCells
  }

  show(progress: Progress): void {
    this.#line.show((seconds) => this.#text(progress, seconds))
  }

  /** Makes room for other output. */
  clear(): void {
    this.#line.clear()
  }

  #text({ phase, scenarios, planned, requests, cells }: Progress, seconds: number): string {
    const rate = Math.round(requests / Math.max(0.1, seconds))
    const left = Math.max(0, (seconds / Math.max(1, scenarios)) * (planned - scenarios))
    const time = scenarios < planned ? `, about ${Math.ceil(left)} s left` : ''
    return `${phase}: ${scenarios} of ${Math.max(planned, scenarios)} scenarios, ${cells} of ${this.#cells} cells, ${rate} requests/s${time}`
  }
}
