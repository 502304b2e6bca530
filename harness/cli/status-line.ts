/** How far something has come: one line that is rewritten on a terminal, now and then a plain line elsewhere. */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream
  readonly #beganMs = performance.now()
  #shownMs = 0
  #length = 0

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
  }

  /** @param textAfter the line, given the seconds since the beginning; called only if it is time for it */
  show(textAfter: (seconds: number) => string): void {
    const nowMs = performance.now()
    const everyMs = this.#stream.isTTY ? 100 : 10_000
    if (nowMs - Math.max(this.#shownMs, this.#stream.isTTY ? 0 : this.#beganMs) < everyMs) return
    this.#shownMs = nowMs
    const text = textAfter((nowMs - this.#beganMs) / 1000)
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
}
