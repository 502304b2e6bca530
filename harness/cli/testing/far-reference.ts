/** For tests: ways to a reference server on which something happens, and what is left behind them. */
import { startReference } from '../../targets/reference.ts'
import type { Target } from '../../targets/target.ts'
import {
  type Fate,
  type Interfering,
  interferingProxy,
  seededFates,
  type Way,
} from '../../targets/testing/interfering-proxy.ts'
import { namesOn } from './names-on.ts'

export interface Ways {
  readonly blob: Way
  readonly file: Way
  /** The target as the command line takes it. */
  readonly args: readonly [url: string, ...string[]]
}

/** A reference server on a long way. */
export class FarReference {
  readonly #target: Target
  readonly #ways: Way[] = []

  private constructor(target: Target) {
    this.#target = target
  }

  static async start(): Promise<FarReference> {
    return new FarReference(await startReference({ processes: 1 }))
  }

  /** The target as the command line takes it, without a detour. */
  get args(): readonly [url: string, ...string[]] {
    const { url, fileUrl } = this.#target.endpoints[0]!
    return [url, '--file-url', fileUrl!]
  }

  /** @param shares of all requests that meet a fate, or what decides about each */
  async openWays(shares: Partial<Record<Fate, number>> | Interfering['fate'], latencyMs = 300): Promise<Ways> {
    const { url, fileUrl } = this.#target.endpoints[0]!
    const fateOf = (seed: number) => (typeof shares === 'function' ? shares : seededFates(shares, seed))
    const blob = await interferingProxy(url, { latencyMs, fate: fateOf(1) })
    const file = await interferingProxy(fileUrl!, { latencyMs, fate: fateOf(2) })
    this.#ways.push(blob, file)
    return { blob, file, args: [blob.url, '--file-url', file.url] }
  }

  async closeWays(): Promise<void> {
    for (const way of this.#ways.splice(0)) await way.close()
  }

  /** Everything that is on the server. */
  left(): Promise<readonly string[]> {
    return namesOn(this.#target.endpoints[0]!)
  }

  async close(): Promise<void> {
    await this.closeWays()
    await this.#target.close()
  }
}
