/** Lets so many at once, and the others in the order in which they came. */
export class Turns {
  #free: number
  #allowed: number
  readonly #queue: (() => void)[] = []

  constructor(allowed: number) {
    this.#free = allowed
    this.#allowed = allowed
  }

  allow(allowed: number): void {
    this.#free += allowed - this.#allowed
    this.#allowed = allowed
    while (this.#free > 0 && this.#queue.length > 0) this.#next()
  }

  async take(): Promise<void> {
    if (this.#free > 0) {
      this.#free--
      return
    }
    await new Promise<void>((resolve) => this.#queue.push(resolve))
  }

  giveBack(): void {
    this.#free++
    if (this.#free > 0 && this.#queue.length > 0) this.#next()
  }

  #next(): void {
    this.#free--
    this.#queue.shift()!()
  }
}
