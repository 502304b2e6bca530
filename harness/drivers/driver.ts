import type { ClientAccount } from '../../model/client/client-account.ts'
import type { Exchange, Instant, Operation, ResourceKind, ResourceName, ResourceSetting } from '../../model/index.ts'
import type { OperationStep } from '../../model/scenario.ts'
import type { Endpoint } from '../targets/target.ts'
import type { Pace } from './pace.ts'
import type { RealName } from './real-name.ts'
import type { ReceivedAnswer } from './sending.ts'

/** The real names of a scenario's resources. */
export type Names = ReadonlyMap<ResourceName, RealName>

export interface DriverOptions {
  readonly endpoint: Endpoint
  /** The value of `x-ms-version` where a world is prepared; an operation carries its own. */
  readonly apiVersion: string
  /** Requests in flight at once; more wait their turn here. */
  readonly maxConnections?: number
  /** How long an answer may take until its outcome counts as unknown. */
  readonly timeoutMs?: number
  /** When requests may go out; default: at once. */
  readonly pace?: Pace | undefined
}

/** What creating a world has shown. */
export interface Prepared {
  /** How many requests it took. */
  readonly requests: number
  /** The real names, those of snapshots included, which the server gives. */
  readonly names: Names
  /** The ETags of what was created, where answers told them. */
  readonly etags: ReadonlyMap<ResourceName, string>
}

/** `rest` is leasecheck itself; the others call a client library. */
export type DriverName = string
/** Those that come with leasecheck and call a client library. */
export const LIBRARY_DRIVERS = ['js', 'python', 'python-aio', 'go'] as const

/**
 * How a driver can be asked for a step: `exactly` as the step says; `otherwise` where the call exists but what it sends is the
 * client's choice, so that the cell of the step is not reached; `not at all` where no call says that.
 */
export type Expressible = 'exactly' | 'otherwise' | 'not at all'
export type Expresses = (step: OperationStep, kind: ResourceKind, world: readonly ResourceSetting[]) => Expressible

/** What came of one step of a scenario. */
export interface Performed {
  readonly exchanges: readonly Exchange[]
  /** What the client library was asked and gave; absent where requests are sent without one. */
  readonly client?: ClientAccount
}

/**
 * Who sends a scenario's requests. An instant is the virtual time at which the server is to act; undefined leaves it to the
 * server's own clock, and the windows of the exchanges are wall time.
 */
export interface Driver {
  readonly name: DriverName
  /** Counts every request that went out, preparations included. */
  readonly requestsSent: number
  /**
   * Creates what the world calls present, in order, under real names.
   * @throws TargetError if the server refuses: then nothing can be learned from it.
   */
  prepare(world: readonly ResourceSetting[], names: Names, instant: Instant | undefined): Promise<Prepared>
  /**
   * Performs a step of a scenario through the client that is checked.
   * @param way which way of the client to say it, where it has several
   * @throws as `perform` does.
   */
  performStep(
    operation: Operation,
    kind: ResourceKind,
    names: Names,
    instant: Instant | undefined,
    way?: string,
  ): Promise<Performed>
  /**
   * Sends exactly one request, never again, and through no client library: for what is not part of a scenario.
   * @param hear hears the answer as it came, with its body.
   * @throws TargetError if nothing could be sent, ClockError if the server did not act at the instant.
   */
  perform(
    operation: Operation,
    kind: ResourceKind,
    names: Names,
    instant: Instant | undefined,
    hear?: (answer: ReceivedAnswer) => void,
  ): Promise<Exchange>
  /** Lets go of what was kept for a scenario: the client handles that its steps went through. */
  forget(names: Names): Promise<void>
  close(): Promise<void>
}
