import type { LeaseId } from '../../../../model/lease-id.ts'

const RAW = 'RAW:'

/**
 * The texts that the names of lease ids stand for. Ids that clients proposed are ours to choose; one that the server made up is
 * known only from its answer.
 */
export class LeaseNames {
  readonly #bound = new Map<string, LeaseId>()

  /** What is sent for a name. */
  textOf(name: string): string {
    if (name.startsWith(RAW)) return name.slice(RAW.length)
    return this.#bound.get(name) ?? chosenFor(name)
  }

  /** Whether an answered text is what a name stands for; a name that was never sent stands for whatever comes first. */
  isAnswered(name: string, text: string, wasSent: boolean): boolean {
    if (!wasSent && !this.#bound.has(name)) this.#bound.set(name, text)
    return this.textOf(name) === text
  }
}

function chosenFor(name: string): LeaseId {
  return `1ea5e1d5-0000-4000-8000-${name.slice(1).padStart(12, '0')}`
}
