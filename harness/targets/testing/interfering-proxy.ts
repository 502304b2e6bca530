/** For tests: the way to a real server, with what happens on long ways to busy ones. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Interfering {
  /** How long an answer takes longer than without. */
  readonly latencyMs: number
  /** What becomes of a request, given its method and URL. */
  readonly fate: (method: string, url: string) => Fate
  /** What a refused request is told to wait, seconds. */
  readonly retryAfterSeconds?: number
}

/**
 * `busy`: 503 ServerBusy, and the server never sees it; `throttled`: the same as 429; `request lost`: the connection breaks before
 * the server sees it; `answer lost`: it breaks after the server has acted; `late`: the server sees it only seconds after the
 * connection broke.
 */
export type Fate = 'served' | 'busy' | 'throttled' | 'request lost' | 'answer lost' | 'late'

/** How late a request is served whose connection broke. */
const LATE_MS = 2_000

export interface Way {
  /** The same path as of the server behind it. */
  readonly url: string
  /** When requests arrived, milliseconds. */
  readonly arrivals: readonly number[]
  /** How many requests met which fate. */
  readonly fates: ReadonlyMap<Fate, number>
  close(): Promise<void>
}

/** Opens a way to the server at a URL. */
export async function interferingProxy(to: string, interfering: Interfering): Promise<Way> {
  const { origin, pathname } = new URL(to)
  const arrivals: number[] = []
  const fates = new Map<Fate, number>()
  const server = createServer({ keepAliveTimeout: 0 }, (incoming, outgoing) => {
    arrivals.push(performance.now())
    const fate = interfering.fate(incoming.method!, incoming.url!)
    fates.set(fate, (fates.get(fate) ?? 0) + 1)
    serve(origin, incoming, outgoing, fate, interfering).catch(() => incoming.socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    arrivals,
    fates,
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function serve(
  origin: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fate: Fate,
  { latencyMs, retryAfterSeconds }: Interfering,
): Promise<void> {
  const body = Buffer.concat(await incoming.toArray())
  await sleep(latencyMs / 2)
  switch (fate) {
    case 'busy':
    case 'throttled': {
      const retry = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
      outgoing.writeHead(fate === 'busy' ? 503 : 429, { 'x-ms-error-code': 'ServerBusy', ...retry }).end()
      return
    }
    case 'request lost':
      incoming.socket.destroy()
      return
    case 'late':
      incoming.socket.destroy()
      await sleep(LATE_MS)
      await passedOn(origin, incoming, body)
      return
    case 'answer lost':
      await passedOn(origin, incoming, body)
      incoming.socket.destroy()
      return
    case 'served': {
      const { status, headers, bytes } = await passedOn(origin, incoming, body)
      await sleep(latencyMs / 2)
      outgoing.writeHead(status, headers).end(bytes)
      return
    }
    default:
      fate satisfies never
  }
}

async function passedOn(origin: string, { method, url, rawHeaders }: IncomingMessage, body: Buffer) {
  const passed = request(origin + url, { method, headers: rawHeaders as never })
  passed.end(body)
  const [answer] = (await once(passed, 'response')) as [IncomingMessage]
  const bytes = Buffer.concat(await answer.toArray())
  return { status: answer.statusCode!, headers: answer.headers, bytes }
}

/** Random fates that are the same each time: each of some with a share of all requests, and the rest served. */
export function seededFates(shares: Partial<Record<Fate, number>>, seed: number): () => Fate {
  let state = seed >>> 0
  return () => {
    // Numerical Recipes' generator: good enough to spread fates.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    let left = state / 2 ** 32
    for (const [fate, share] of Object.entries(shares)) {
      if (left < share) return fate as Fate
      left -= share
    }
    return 'served'
  }
}
