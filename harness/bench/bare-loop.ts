import { Pool } from 'undici'
import { inOrder } from '../campaign/in-order.ts'
import { send } from '../drivers/sending.ts'
import { canonicalQuery } from '../drivers/shared-key.ts'
import { authorizerFor } from '../targets/credentials/authorizer.ts'
import type { Endpoint } from '../targets/target.ts'
import { IN_FLIGHT } from './harness-pass.ts'
import { benchPrefix, type RecordedExchange } from './recorded-exchange.ts'

/** Requests ready to be sent, those of one scenario together. */
export interface BareRequests {
  readonly scenarios: readonly (readonly BareRequest[])[]
  readonly count: number
}

interface BareRequest {
  readonly origin: string
  readonly method: RecordedExchange['method']
  readonly path: string
  readonly headers: string[]
  readonly body: Buffer | null
  /** What the harness got for the same request. */
  readonly status: number
}

/** Recorded requests as they were, signatures included. */
export function asRecorded(exchanges: readonly RecordedExchange[]): BareRequests {
  const scenarios = new Map<number, BareRequest[]>()
  for (const { scenario, origin, method, path, headers, body, status } of exchanges) {
    const together = scenarios.get(scenario) ?? []
    scenarios.set(scenario, together)
    together.push({ origin, method, path, headers: [...headers], body: body === '' ? null : Buffer.from(body), status })
  }
  return { scenarios: [...scenarios.values()], count: exchanges.length }
}

/**
 * Recorded requests for containers of another name, since those of the recording exist by now, and signed anew, since the
 * signature covers the name. All of that is done here, before any time is taken.
 */
export function renamed(
  exchanges: readonly RecordedExchange[],
  endpoint: Endpoint,
  from: string,
  to: string,
): BareRequests {
  const door = authorizerFor(endpoint, 'blob')
  return asRecorded(
    exchanges.map((exchange) => {
      const path = exchange.path.replace(benchPrefix(from), benchPrefix(to))
      const url = new URL(path, exchange.origin)
      const headers = [...exchange.headers]
      headers.splice(headers.indexOf('authorization'), 2)
      const authorized = door.authorize({
        method: exchange.method,
        path: url.pathname,
        query: url.search,
        canonicalQuery: canonicalQuery([...url.searchParams]),
        contentLength: Buffer.byteLength(exchange.body),
        headers,
        readsSource: false,
      })
      return { ...exchange, path, headers: authorized.headers }
    }),
  )
}

/**
 * Sends requests and reads the answers, and does nothing else: as many scenarios at once and as many connections as the
 * harness has, the requests of a scenario one after another. Returns how many answers had the status that the harness got.
 */
export async function bareLoop({ scenarios }: BareRequests): Promise<number> {
  const pools = new Map<string, Pool>()
  const poolOf = (origin: string): Pool => {
    const pool = pools.get(origin) ?? new Pool(origin, { connections: IN_FLIGHT, pipelining: 1 })
    pools.set(origin, pool)
    return pool
  }
  let alike = 0
  const played = inOrder(scenarios, IN_FLIGHT, async (requests) => {
    for (const { origin, method, path, headers, body, status } of requests) {
      const { answer } = await send(poolOf(origin), { method, path, headers, body }, () => false)
      if (answer?.status === status) alike++
    }
  })
  for await (const _ of played);
  await Promise.all([...pools.values()].map((pool) => pool.destroy()))
  return alike
}
