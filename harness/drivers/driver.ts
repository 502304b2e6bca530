import type { Exchange, Instant, Operation, ResourceKind, ResourceName, ResourceSetting } from '../../model/index.ts'
import type { Endpoint } from '../targets/target.ts'

/** The real names of a scenario's resources: a container's name, or `container/blob`. */
export type Names = ReadonlyMap<ResourceName, string>

export interface DriverOptions {
  readonly endpoint: Endpoint
  /** The value of `x-ms-version`. */
  readonly apiVersion: string
  /** Requests in flight at once; more wait their turn here. */
  readonly maxConnections?: number
  /** How long an answer may take until its outcome counts as unknown. */
  readonly timeoutMs?: number
}

/**
 * Who sends a scenario's requests. An instant is the virtual time at which the server is to act; undefined leaves it to the
 * server's own clock, and the windows of the exchanges are wall time.
 */
export interface Driver {
  readonly name: 'rest'
  /** Counts every request that went out, preparations included. */
  readonly requestsSent: number
  /**
   * Creates what the world calls present, in order, under real names, and returns how many requests that took.
   * @throws TargetError if the server refuses: then nothing can be learned from it.
   */
  prepare(world: readonly ResourceSetting[], names: Names, instant: Instant | undefined): Promise<number>
  /**
   * Sends exactly one request, never again.
   * @throws TargetError if nothing could be sent, ClockError if the server did not act at the instant.
   */
  perform(operation: Operation, kind: ResourceKind, names: Names, instant: Instant | undefined): Promise<Exchange>
  close(): Promise<void>
}
