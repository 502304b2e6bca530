import type { ClientAccount } from '../../../model/client/client-account.ts'
import { isLeaseAction } from '../../../model/operation.ts'
import { KINDS, type ResourceKind, type ResourceName, type Service } from '../../../model/resource.ts'
import { at, type Instant } from '../../../model/time.ts'
import type { Exchange } from '../../../model/trace.ts'
import { UsageError } from '../../errors.ts'
import { answerTo } from '../answer.ts'
import type { Performed } from '../driver.ts'
import { realNameIn } from '../real-name.ts'
import type { TapPort } from '../tap/tap-port.ts'
import type { Tapped } from '../tap/tapped.ts'
import { wireOperation } from '../tap/wire-operation.ts'
import { returnOf } from './client-return.ts'
import { leaseCall } from './lease-calls.ts'
import { LeaseHandles, noteAnswer } from './lease-handles.ts'
import type { Asking, JsService } from './services.ts'

/** The clients of one scenario: a port of the tap for each service that it uses, and the lease clients of its resources. */
export class ScenarioClients {
  readonly #services: Readonly<Record<Service, JsService | undefined>>
  readonly #ports = new Map<JsService, TapPort>()
  readonly #leases = new Map<ResourceName, LeaseHandles>()

  constructor(services: Readonly<Record<Service, JsService | undefined>>) {
    this.#services = services
  }

  /** @throws TargetError, ClockError as the tap does; UsageError if the target lacks the service. */
  async perform(asking: Asking, instant: Instant | undefined): Promise<Performed> {
    const service = this.#serviceOf(asking.kind)
    const port = await this.#portOf(service)
    port.arm({ instant })
    const { asked } = asking
    if (isLeaseAction(asked.name)) return this.#performLease(service, port, asking, instant)
    const call = service.use(port, asking)
    if (call === undefined) throw new Error(`the SDK has no call for ${asked.name}; plans leave it out`)
    const returned = await returnOf(call)
    return performed({ asked, returned }, await port.take(), service, asking, instant)
  }

  /** Gives the ports back. */
  async close(): Promise<void> {
    await Promise.all([...this.#ports].map(([service, port]) => service.sdk.giveBack(port)))
  }

  async #performLease(
    service: JsService,
    port: TapPort,
    asking: Asking,
    instant: Instant | undefined,
  ): Promise<Performed> {
    const { asked, kind } = asking
    const handle = this.#leasesOf(service, port, asking).handleFor(asked)
    const { client } = handle
    const before = client.leaseId
    const returned = await returnOf(() => leaseCall(client, asked, kind))
    const account: ClientAccount = { asked, returned, remembered: { before, after: client.leaseId } }
    const result = performed(account, await port.take(), service, asking, instant)
    noteAnswer(handle, result.exchanges.at(-1))
    return result
  }

  #leasesOf(service: JsService, port: TapPort, asking: Asking): LeaseHandles {
    const { on } = asking.asked
    let handles = this.#leases.get(on)
    if (handles === undefined) {
      handles = new LeaseHandles(service.leaseClients(port, asking))
      this.#leases.set(on, handles)
    }
    return handles
  }

  #serviceOf(kind: ResourceKind): JsService {
    const service = this.#services[KINDS[kind].service]
    if (service !== undefined) return service
    throw new UsageError(
      `the target has no file service, so no ${KINDS[kind].noun} can be checked; leave it out of --kinds`,
    )
  }

  async #portOf(service: JsService): Promise<TapPort> {
    const port = this.#ports.get(service) ?? (await service.sdk.lease())
    this.#ports.set(service, port)
    return port
  }
}

/** What came of a call: its exchanges are those of the tap, whatever the client says of them. */
function performed(
  account: ClientAccount,
  tapped: readonly Tapped[],
  { sdk: { basePath } }: JsService,
  { kind, names }: Asking,
  instant: Instant | undefined,
): Performed {
  const reading = { service: KINDS[kind].service, basePath, names }
  const exchanges = tapped.flatMap(({ request, sentMs, answeredMs, answer }): Exchange | readonly [] => {
    const operation = wireOperation(request, reading)
    if (operation === undefined) return []
    const window = instant === undefined ? { earliestMs: sentMs, latestMs: answeredMs } : at(instant)
    const told = answer && answerTo(operation.name, kind, realNameIn(names, operation.on), answer)
    return { operation, window, answer: told }
  })
  const otherRequests = tapped.length - exchanges.length
  return { exchanges, client: otherRequests === 0 ? account : { ...account, otherRequests } }
}
