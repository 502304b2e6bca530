/** For tests: sends garbage at a server and looks what has become of it. */
import fc from 'fast-check'
import type { Endpoint } from '../../targets/target.ts'
import { type OddRequest, oddBytes, oddRequests, SCRATCH } from './garbage.ts'
import { exchangeBytes, isWellFormed, OddSender } from './odd-sender.ts'
import { KEPT, witnesses } from './witness.ts'

export interface GarbageAmount {
  readonly requests: number
  readonly bytes: number
  readonly seed: number
}

export interface Survival {
  /** What should not have been answered as it was. */
  readonly faults: readonly string[]
  /** What existed before and is not as it was. */
  readonly changed: readonly string[]
  /** How many answers had each status. */
  readonly statuses: ReadonlyMap<number, number>
}

/** How long the server may take to end an exchange, whatever was sent. */
const LIMIT_MS = 5_000
const CONNECTIONS = 32
/** One in so many connections is left open, so that the server has to lose patience by itself. */
const LEFT_OPEN = 20

/**
 * Sends garbage: over HTTP in turn unauthorised and with a valid signature, over both services, and as bytes over sockets.
 * The signed garbage keeps to resources of its own; nothing else may change.
 */
export async function survive(endpoint: Endpoint, { requests, bytes, seed }: GarbageAmount): Promise<Survival> {
  const urls = [endpoint.url, endpoint.fileUrl!]
  const senders = urls.map((url) => new OddSender(url, endpoint, CONNECTIONS))
  const kept = [...(await witnesses(senders[0]!, 'blob')), ...(await witnesses(senders[1]!, 'file'))]
  const before = await Promise.all(kept.map((each) => each.look()))
  const faults: string[] = []
  const statuses = new Map<number, number>()
  for (const [i, sender] of senders.entries()) {
    const scratch = { method: 'PUT', path: SCRATCH, headers: [], body: '' } as const
    await sender.exchange({ ...scratch, query: [['restype', i === 0 ? 'container' : 'share']] }, true)
  }

  const sendOne = async (number: number, request: OddRequest): Promise<void> => {
    const isSigned = number % 2 === 0
    // What is not authorised is aimed at what has to stay as it is.
    const aimed = isSigned ? request : { ...request, path: request.path.replace(SCRATCH, KEPT) }
    const sender = senders[(number >> 1) % 2]!
    const status = await sender.exchange(aimed, isSigned).then(
      (answer) => answer.status,
      (error: Error) => error,
    )
    if (typeof status === 'number') statuses.set(status, (statuses.get(status) ?? 0) + 1)
    if (typeof status !== 'number' || status >= 500) faults.push(`${status}: ${JSON.stringify(request)}`)
  }
  const writeOne = async (number: number, data: Buffer): Promise<void> => {
    const port = Number(new URL(urls[number % 2]!).port)
    const received = await exchangeBytes(port, data, number % LEFT_OPEN !== 0, LIMIT_MS).catch((error: Error) => error)
    if (typeof received !== 'string' || !isWellFormed(received)) faults.push(`${received}: ${data.toString('latin1')}`)
  }
  const sample = fc.sample(oddRequests, { numRuns: requests, seed })
  await inParallel(sample, sendOne)
  await inParallel(fc.sample(oddBytes, { numRuns: bytes, seed }), writeOne)

  const after = await Promise.all(kept.map((each) => each.look()))
  const changed = kept.filter((_, i) => after[i] !== before[i]).map(({ name }) => name)
  await Promise.all(senders.map((sender) => sender.close()))
  return { faults: faults.slice(0, 5), changed, statuses }
}

/** Goes through a list with many at once. */
async function inParallel<T>(items: readonly T[], act: (number: number, item: T) => Promise<void>): Promise<void> {
  let next = 0
  const work = async () => {
    for (let number = next++; number < items.length; number = next++) await act(number, items[number]!)
  }
  await Promise.all(Array.from({ length: CONNECTIONS * 2 }, work))
}
