import type { Exchange } from '../../model/trace.ts'

/** An operation that was asked for so often and never answered is not answered by chance. */
const ASKED_OFTEN = 5

/**
 * Which operations were answered: an unknown outcome excuses everything, so a server that never tells the outcome of an
 * operation would look sound.
 */
export class Hearing {
  readonly #unheard = new Map<string, number>()
  readonly #heard = new Set<string>()

  note(exchanges: readonly Exchange[]): void {
    for (const { operation, answer } of exchanges) {
      const { name } = operation
      if (answer !== undefined) this.#heard.add(name)
      else this.#unheard.set(name, (this.#unheard.get(name) ?? 0) + 1)
    }
  }

  /** Operations that were asked for often and whose outcome was never told. */
  get neverHeard(): readonly string[] {
    return [...this.#unheard].flatMap(([name, times]) =>
      times >= ASKED_OFTEN && !this.#heard.has(name) ? [`${name} (asked ${times} times)`] : [],
    )
  }
}
