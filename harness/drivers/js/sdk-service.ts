import { UsageError } from '../../errors.ts'
import type { Authorizer } from '../../targets/credentials/authorizer.ts'
import type { Pace } from '../pace.ts'
import { Tap } from '../tap/tap.ts'
import type { TapPort } from '../tap/tap-port.ts'

export interface SdkServiceOptions {
  /** The URL of the account on this service, with the account's path. */
  readonly url: string
  readonly maxConnections: number
  readonly timeoutMs: number
  /** Authorizes what the SDK sends without a signature of its own. */
  readonly door: Authorizer | undefined
  readonly ca: string | undefined
  readonly pace: Pace | undefined
}

/** One service of the target with the tap before it, and the service client of the SDK for each port of the tap. */
export class SdkService<Client> {
  /** The path of the account: it is in the signature, so it is the same on both sides of the tap. */
  readonly basePath: string
  readonly #tap: Tap
  readonly #make: (url: string) => Client
  readonly #clients = new WeakMap<TapPort, Client>()

  constructor({ url, ...options }: SdkServiceOptions, make: (url: string) => Client) {
    const { origin, pathname } = new URL(url)
    this.basePath = pathname.replace(/\/$/, '')
    // The tap is reached by an IP address, and there the SDK takes the first part of the path for the account.
    if (this.basePath === '') {
      throw new UsageError(
        `${origin} has the account in its host name, which --driver js cannot check yet; give a URL with the account in its path, or take --driver rest`,
      )
    }
    this.#tap = new Tap({ origin, ...options })
    this.#make = make
  }

  lease(): Promise<TapPort> {
    return this.#tap.lease()
  }

  giveBack(port: TapPort): Promise<void> {
    return this.#tap.giveBack(port)
  }

  /** The service client that sends through a port; made once, since a pipeline is worth keeping. */
  clientAt(port: TapPort): Client {
    let client = this.#clients.get(port)
    if (client === undefined) {
      client = this.#make(port.origin + this.basePath)
      this.#clients.set(port, client)
    }
    return client
  }

  close(): Promise<void> {
    return this.#tap.close()
  }
}
