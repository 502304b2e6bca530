import { callAnswer, connectAnswer } from '../../../reports/driver-protocol.ts'
import type { ClientLibrary } from '../clients/client-library.ts'
import { reading } from './answer.ts'
import { type DriverCommand, type DriverLimits, DriverProcess } from './driver-process.ts'
import { greet } from './greeting.ts'

const readConnected = reading(connectAnswer)
const readAnswer = reading(callAnswer)

/**
 * Starts a driver, and asks it who it is.
 * @throws DriverError if it does not say so; UsageError if it cannot be used: there is no such command, it speaks another version
 *   of the protocol, or nothing can be asked of it.
 */
export async function lineLibrary(
  command: DriverCommand,
  limits?: DriverLimits,
  heard?: (text: string) => void,
): Promise<ClientLibrary> {
  const driver = new DriverProcess(command, limits, heard)
  const greeting = await greet(driver)
  const { driver: name, language, packages, apiVersion, inFlight = 1, numbers = 'int32', calls, documented } = greeting
  driver.allow(inFlight)
  let handles = 0
  return {
    name,
    versions: [...packages.map((each) => `${each.name} ${each.version}`), language].join(', '),
    apiVersion,
    calls,
    numbers,
    documented,
    inFlight,
    nextHandle: () => handles++,
    async connect(connection) {
      await driver.ask({ do: 'connect', ...connection }, readConnected)
    },
    async perform(call) {
      const { seq: _seq, ...answer } = await driver.ask({ do: 'call', ...call }, readAnswer)
      return answer
    },
    forget: (gone) => driver.tell({ do: 'forget', handles: [...gone] }),
    hurry: () => driver.hurry(),
    close: () => driver.close(),
  }
}
