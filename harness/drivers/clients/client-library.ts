import type { ServiceVersion } from '../../../model/service-version.ts'
import type { Call, CallAnswer, CallTable, Connect, Documented, Numbers } from '../../../reports/driver-protocol.ts'

/** Where requests go out: a port of the tap, before one service. */
export type Connection = Omit<Connect, 'seq' | 'do'>
export type ClientCall = Omit<Call, 'seq' | 'do'>
export type ClientAnswer = Omit<CallAnswer, 'seq'>

/**
 * A client library that can be called: one of JavaScript in this process, any other in a process of its own, which talks the
 * driver protocol. It does what it is asked and says what came of it; what it sends, the tap tells.
 */
export interface ClientLibrary {
  /** The name of the driver. */
  readonly name: string
  /** What is called, for people: packages and their versions. */
  readonly versions: string
  /** The REST version that its requests ask for. */
  readonly apiVersion: ServiceVersion
  readonly calls: CallTable
  /** What durations and periods can be. */
  readonly numbers: Numbers
  /** What its documentation promises beyond what every library has to do. */
  readonly documented?: Documented | undefined
  /** How many calls it takes before it has answered the first; default: any number. */
  readonly inFlight?: number | undefined
  /** A number that no lease client has yet. */
  nextHandle(): number
  /** Makes the library ready to send through a port; replaces what the port was before. */
  connect(connection: Connection): Promise<void>
  /** @throws DriverError if the driver fails, through no fault of the library. */
  perform(call: ClientCall): Promise<ClientAnswer>
  /** Lets go of lease clients. */
  forget(handles: readonly number[]): void
  /** The run is to end: what is under way should end soon. Absent where that is so anyway. */
  hurry?(): void
  close(): Promise<void>
}
