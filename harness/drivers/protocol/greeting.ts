import { LEASE_ACTIONS } from '../../../model/operation.ts'
import { RESOURCE_KINDS } from '../../../model/resource.ts'
import { USES } from '../../../model/uses.ts'
import { type HelloAnswer, helloAnswer, PROTOCOL } from '../../../reports/driver-protocol.ts'
import { UsageError } from '../../errors.ts'
import { callKey } from '../clients/call-table.ts'
import { type Reader, reading } from './answer.ts'
import type { DriverProcess } from './driver-process.ts'

/** A driver that speaks another version: what else it says may be anything. */
interface Foreigner {
  readonly protocol: number
  readonly driver?: unknown
}

/** Signals that ask leasecheck to end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** How many calls that nobody knows are named. */
const NAMED = 5

/**
 * Asks a driver who it is and what it can be asked for. Whoever interrupts leasecheck meanwhile ends the driver too.
 * @throws UsageError if it speaks another version of the protocol, or nothing can be asked of it; DriverError if it fails.
 */
export async function greet(driver: DriverProcess): Promise<HelloAnswer> {
  const stopListening = endedWithUs(driver)
  try {
    const said = await driver.ask({ do: 'hello', protocol: PROTOCOL }, readGreeting)
    if (!('calls' in said)) throw otherProtocol(said)
    checkCalls(said)
    return said
  } catch (error) {
    await driver.close()
    throw error
  } finally {
    stopListening()
  }
}

const readHello = reading(helloAnswer)

const readGreeting: Reader<HelloAnswer | Foreigner> = (answer) => {
  const { protocol, driver } = answer as Partial<Foreigner>
  return typeof protocol === 'number' && protocol !== PROTOCOL ? { value: { protocol, driver } } : readHello(answer)
}

function otherProtocol({ protocol, driver }: Foreigner): UsageError {
  const advice = protocol < PROTOCOL ? 'a newer driver' : 'a newer leasecheck'
  const name = typeof driver === 'string' ? `driver ${driver}` : 'the driver'
  return new UsageError(
    `${name} speaks version ${protocol} of the driver protocol and leasecheck version ${PROTOCOL}: take ${advice}`,
  )
}

const KNOWN_CALLS: ReadonlySet<string> = new Set([
  ...RESOURCE_KINDS.flatMap((kind) => LEASE_ACTIONS.map((action) => callKey(action, kind))),
  ...Object.keys(USES),
])

/** A call under a wrong name would never be asked for, and nobody would notice what was not checked. */
function checkCalls({ driver, calls }: HelloAnswer): void {
  const names = Object.keys(calls)
  if (names.length === 0)
    throw new UsageError(`driver ${driver} can be asked for nothing: the calls in its answer to hello are empty`)
  const unknown = names.filter((name) => !KNOWN_CALLS.has(name))
  if (unknown.length === 0) return
  const more = unknown.length > NAMED ? ` and ${unknown.length - NAMED} more` : ''
  throw new UsageError(
    `driver ${driver} has calls that leasecheck does not know: ${unknown.slice(0, NAMED).join(', ')}${more}; lease actions are named by kind and action, such as blob.acquire, uses by their name, such as putBlob`,
  )
}

/** Until a run listens to signals itself, one of them ends leasecheck at once; the driver might not notice. */
function endedWithUs(driver: DriverProcess): () => void {
  const others = SIGNALS.filter((signal) => process.listenerCount(signal) === 0)
  const end = (signal: NodeJS.Signals) => {
    driver.kill()
    stop()
    process.kill(process.pid, signal)
  }
  const stop = () => {
    for (const signal of others) process.off(signal, end)
  }
  for (const signal of others) process.on(signal, end)
  return stop
}
