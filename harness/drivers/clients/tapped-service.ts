import type { Service } from '../../../model/resource.ts'
import type { DriverCredential } from '../../../reports/driver-protocol.ts'
import { UsageError } from '../../errors.ts'
import { authorizerFor } from '../../targets/credentials/authorizer.ts'
import type { Endpoint } from '../../targets/target.ts'
import type { DriverOptions } from '../driver.ts'
import { Tap } from '../tap/tap.ts'
import type { TapPort } from '../tap/tap-port.ts'
import type { ClientLibrary, Connection } from './client-library.ts'

const DEFAULT_CONNECTIONS = 64
const DEFAULT_TIMEOUT_MS = 30_000

/** How a library is set up at a connection. */
export type SetUp = Pick<Connection, 'retry'> & Partial<Pick<Connection, 'secondaryUrl' | 'logging' | 'credential'>>

/** One service of the target with the tap before it, and the library's connection to each port of the tap. */
export class TappedService {
  readonly service: Service
  /** The path of the account: it is in the signature, so it is the same on both sides of the tap. */
  readonly basePath: string
  readonly #endpoint: Endpoint
  readonly #tap: Tap
  readonly #library: ClientLibrary
  readonly #connected = new WeakMap<TapPort, Promise<number>>()

  constructor(service: Service, url: string, options: DriverOptions, library: ClientLibrary) {
    const { endpoint, maxConnections = DEFAULT_CONNECTIONS, timeoutMs = DEFAULT_TIMEOUT_MS, pace } = options
    const { origin, pathname } = new URL(url)
    this.service = service
    this.basePath = pathname.replace(/\/$/, '')
    // The tap is reached by an IP address, and there client libraries take the first part of the path for the account.
    if (this.basePath === '') {
      throw new UsageError(
        `${origin} has the account in its host name, which --driver ${library.name} cannot check yet; give a URL with the account in its path, or take --driver rest`,
      )
    }
    const door = endpoint.credential.by === 'key' ? undefined : authorizerFor(endpoint, service)
    this.#tap = new Tap({ origin, maxConnections, timeoutMs, door, ca: endpoint.ca, pace })
    this.#endpoint = endpoint
    this.#library = library
  }

  lease(): Promise<TapPort> {
    return this.#tap.lease()
  }

  giveBack(port: TapPort): Promise<void> {
    return this.#tap.giveBack(port)
  }

  /** The number under which the library knows a port; it connects once, since a pipeline is worth keeping. */
  connectionTo(port: TapPort): Promise<number> {
    let connecting = this.#connected.get(port)
    if (connecting === undefined) {
      connecting = this.#connect(port)
      this.#connected.set(port, connecting)
    }
    return connecting
  }

  /** Connects the library to a port anew and set up otherwise, until that port is connected to again. */
  async connectAs(tapPort: TapPort, setUp: SetUp): Promise<number> {
    this.#connected.delete(tapPort)
    const { origin } = tapPort
    const port = Number(new URL(origin).port)
    const { account } = this.#endpoint
    const place = { port, service: this.service, url: origin + this.basePath, account }
    await this.#library.connect({ ...place, credential: credentialOf(this.#endpoint), ...setUp })
    return port
  }

  #connect(port: TapPort): Promise<number> {
    return this.connectAs(port, { retry: 'none' })
  }

  close(): Promise<void> {
    return this.#tap.close()
  }
}

/** A library that has the key signs; any other credential is the tap's, since libraries send no token over loopback without TLS. */
function credentialOf({ credential }: Endpoint): DriverCredential {
  return credential.by === 'key' ? { by: 'key', key: credential.key } : { by: 'none' }
}
