/** Hands things on in the order of their places, however they come. */
export class InOrder<T> {
  readonly #take: (thing: T) => void
  readonly #waiting = new Map<number, T>()
  #taken = 0

  constructor(take: (thing: T) => void) {
    this.#take = take
  }

  /** How many were handed on. */
  get taken(): number {
    return this.#taken
  }

  /** @param place from 0; each comes once */
  put(place: number, thing: T): void {
    this.#waiting.set(place, thing)
    for (let next = this.#waiting.get(this.#taken); next !== undefined; next = this.#waiting.get(this.#taken)) {
      this.#waiting.delete(this.#taken)
      this.#taken++
      this.#take(next)
    }
  }
}
