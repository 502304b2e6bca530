/** Names that belong together, joined step by step. */
export class Linked<Name> {
  readonly #leaders = new Map<Name, Name>()

  /** The name that stands for all that are linked with one. */
  leaderOf(name: Name): Name {
    let leader = name
    for (let next = this.#leaders.get(leader); next !== undefined; next = this.#leaders.get(leader)) leader = next
    return leader
  }

  link(a: Name, b: Name): void {
    const [one, other] = [this.leaderOf(a), this.leaderOf(b)]
    if (one !== other) this.#leaders.set(one, other)
  }
}
