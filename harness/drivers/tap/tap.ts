import { TapPort } from './tap-port.ts'
import { Upstream, type UpstreamOptions } from './upstream.ts'

/**
 * The tap: a reverse proxy on loopback between a client library and the server. It records what goes over the wire, since no
 * client is trusted to report its own traffic, tells the server the virtual instant, and loses requests and answers on demand.
 * Each client handle has a port to itself, which is how its requests are told from others'.
 */
export class Tap {
  readonly #upstream: Upstream
  /** Ports wait here for the next handle: listening anew costs, and there are only so many. */
  readonly #free: TapPort[] = []
  readonly #all = new Set<TapPort>()

  constructor(options: UpstreamOptions) {
    this.#upstream = new Upstream(options)
  }

  /** A port of one's own, until it is given back. */
  async lease(): Promise<TapPort> {
    const free = this.#free.pop()
    if (free !== undefined) return free
    const port = await TapPort.listen(this.#upstream)
    this.#all.add(port)
    return port
  }

  /** Takes a port back whose handle sends nothing more. */
  async giveBack(port: TapPort): Promise<void> {
    port.arm({ instant: undefined })
    // What nobody asked for any more is nobody's exchange.
    await port.take().catch(() => {})
    this.#free.push(port)
  }

  async close(): Promise<void> {
    for (const port of this.#all) port.close()
    await this.#upstream.close()
  }
}
