import type { Progress } from '../campaign/listener.ts'

/** How far a run has come: one line that is rewritten on a terminal, now and then a plain line elsewhere. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream
  readonly #cells: number
  readonly #beganMs = performance.now()
  #shownMs = 0
  #length = 0

  constructor(stream: NodeJS.WriteStream, reachableCells: number) {
    this.#stream = stream
    this.#cells = reachableCells
  }

  show(progress: Progress): void {
    const nowMs = performance.now()
    const everyMs = this.#stream.isTTY ? 100 : 10_000
    if (nowMs - Math.max(this.#shownMs, this.#stream.isTTY ? 0 : this.#beganMs) < everyMs) return
    this.#shownMs = nowMs
    const text = this.#text(progress, (nowMs - this.#beganMs) / 1000)
    if (!this.#stream.isTTY) {
      this.#stream.write(`${text}\n`)
      return
    }
    const fitting = text.slice(0, Math.max(20, (this.#stream.columns || 80) - 1))
    this.#stream.write(`\r${fitting.padEnd(this.#length)}`)
    this.#length = fitting.length
  }

  /** Makes room for other output. */
  clear(): void {
    if (this.#length > 0) this.#stream.write(`\r${' '.repeat(this.#length)}\r`)
    this.#length = 0
  }

  #text({ phase, scenarios, planned, requests, cells }: Progress, seconds: number): string {
    const rate = Math.round(requests / Math.max(0.1, seconds))
    const left = Math.max(0, (seconds / Math.max(1, scenarios)) * (planned - scenarios))
    const time = scenarios < planned ? `, about ${Math.ceil(left)} s left` : ''
    return `${phase}: ${scenarios} of ${Math.max(planned, scenarios)} scenarios, ${cells} of ${this.#cells} cells, ${rate} requests/s${time}`
  }
}
