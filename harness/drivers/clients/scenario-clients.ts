import { isLeaseAction, type Operation } from '../../../model/operation.ts'
import { KINDS, type ResourceKind, type ResourceName, type Service } from '../../../model/resource.ts'
import { at, type Instant } from '../../../model/time.ts'
import type { Exchange } from '../../../model/trace.ts'
import { UsageError } from '../../errors.ts'
import { answerTo } from '../answer.ts'
import type { Names, Performed } from '../driver.ts'
import { realNameIn } from '../real-name.ts'
import type { TapPort } from '../tap/tap-port.ts'
import type { Tapped } from '../tap/tapped.ts'
import { wireOperation } from '../tap/wire-operation.ts'
import { argumentsOf } from './call-arguments.ts'
import { callKey } from './call-table.ts'
import { clientAccountOf } from './client-account-of.ts'
import type { ClientLibrary } from './client-library.ts'
import { LeaseHandles, noteAnswer } from './lease-handles.ts'
import { placeOf } from './place.ts'
import type { TappedService } from './tapped-service.ts'
import { wholeReads } from './whole-reads.ts'

/** What is asked of a resource, and which one that is. */
export interface Asking {
  readonly asked: Operation
  readonly kind: ResourceKind
  readonly names: Names
  /** Which way of the library to say it, if not the usual one. */
  readonly way: string | undefined
  /** What a copy reads. */
  readonly sourceUrl: string | undefined
}

export type TappedServices = Readonly<Record<Service, TappedService | undefined>>

/** The clients of one scenario: a port of the tap for each service that it uses, and the lease clients of its resources. */
export class ScenarioClients {
  readonly #library: ClientLibrary
  readonly #services: TappedServices
  readonly #ports = new Map<TappedService, TapPort>()
  readonly #leases = new Map<ResourceName, LeaseHandles>()

  constructor(library: ClientLibrary, services: TappedServices) {
    this.#library = library
    this.#services = services
  }

  /** @throws TargetError, ClockError as the tap does; DriverError as the library does; UsageError if the target lacks the service. */
  async perform(asking: Asking, instant: Instant | undefined): Promise<Performed> {
    const { asked, kind, names, way, sourceUrl } = asking
    const service = this.#serviceOf(kind)
    const tapPort = await this.#portOf(service)
    const port = await service.connectionTo(tapPort)
    const handle = isLeaseAction(asked.name) ? this.#leasesOf(asked.on).handleFor(asked) : undefined
    const lease = handle && { handle: handle.number, ...(handle.madeWith === undefined ? {} : { id: handle.madeWith }) }
    tapPort.arm({ instant })
    const answer = await this.#library.perform({
      port,
      kind,
      call: asked.name,
      ...(way === undefined ? {} : { way }),
      place: placeOf(kind, realNameIn(names, asked.on)),
      ...(lease === undefined ? {} : { lease }),
      arguments: argumentsOf(asked, kind, names, sourceUrl),
    })
    const tapped = wholeReads(await tapPort.take())
    const exchanges = exchangesOf(tapped, service, asking, instant)
    if (handle !== undefined) noteAnswer(handle, answer.lease?.before.id, exchanges.at(-1))
    // A lease client that has let go of its id is no use for it any more; an application would make another one.
    if (handle !== undefined && answer.lease !== undefined && answer.lease.after.id === undefined) handle.id = undefined
    const description = this.#library.calls[callKey(asked.name, kind)]!
    const client = clientAccountOf(asked, description, answer, this.#library)
    const otherRequests = tapped.length - exchanges.length
    return { exchanges, client: otherRequests === 0 ? client : { ...client, otherRequests } }
  }

  /** Gives the ports back, and lets the lease clients go. */
  async close(): Promise<void> {
    const handles = [...this.#leases.values()].flatMap(({ numbers }) => numbers)
    if (handles.length > 0) this.#library.forget(handles)
    await Promise.all([...this.#ports].map(([service, port]) => service.giveBack(port)))
  }

  #leasesOf(on: ResourceName): LeaseHandles {
    let handles = this.#leases.get(on)
    if (handles === undefined) {
      handles = new LeaseHandles(() => this.#library.nextHandle())
      this.#leases.set(on, handles)
    }
    return handles
  }

  #serviceOf(kind: ResourceKind): TappedService {
    const service = this.#services[KINDS[kind].service]
    if (service !== undefined) return service
    throw new UsageError(
      `the target has no file service, so no ${KINDS[kind].noun} can be checked; leave it out of --kinds`,
    )
  }

  async #portOf(service: TappedService): Promise<TapPort> {
    const port = this.#ports.get(service) ?? (await service.lease())
    this.#ports.set(service, port)
    return port
  }
}

/** What went over the wire about resources of the scenario, whatever the library says of it. */
function exchangesOf(
  tapped: readonly Tapped[],
  { service, basePath }: TappedService,
  { kind, names }: Asking,
  instant: Instant | undefined,
): readonly Exchange[] {
  return tapped.flatMap(({ request, sentMs, answeredMs, answer }): Exchange | readonly [] => {
    const operation = wireOperation(request, { service, basePath, names })
    if (operation === undefined) return []
    const window = instant === undefined ? { earliestMs: sentMs, latestMs: answeredMs } : at(instant)
    const told = answer && answerTo(operation.name, kind, realNameIn(names, operation.on), answer)
    return { operation, window, answer: told }
  })
}
