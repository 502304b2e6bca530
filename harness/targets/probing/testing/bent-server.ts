/** For tests: a real server behind a proxy that spoils some requests, as servers do that know only a part of the service. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CLOCK_HEADER, NOW_HEADER } from '../../../clock/headers.ts'
import { canonicalQuery, sharedKeySigner } from '../../../drivers/shared-key.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../../emulator-account.ts'

/** What a request asks for, as far as a proxy cares. */
export interface AskedFor {
  readonly method: string
  /** Below the account: `/container/blob`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
}

/** What becomes of a request: it passes, loses its connection, is answered right away, or reaches the server without its query or some of it. */
export type Bend =
  | 'passes'
  | 'is never answered'
  | 'is served at the time of the server'
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | { readonly query: URLSearchParams; readonly headers?: Record<string, string> }

export interface BentServer {
  /** Of the account. */
  readonly url: string
  close(): void
}

/** @param origin of a server that has the account of every emulator. */
export async function bentServer(origin: string, bend: (asked: AskedFor) => Bend): Promise<BentServer> {
  const server = createServer((incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url!, origin)
    const path = pathname.slice(`/${EMULATOR_ACCOUNT}`.length)
    const asked = { method: incoming.method!, path, query: searchParams, headers: incoming.headers }
    const bent = bend(asked)
    if (bent === 'passes') return pass(origin, incoming, incoming.url!, incoming.headers, outgoing)
    if (bent === 'is served at the time of the server') {
      const { [NOW_HEADER]: now, ...headers } = incoming.headers
      if (now !== undefined) outgoing.setHeader(CLOCK_HEADER, now)
      return pass(origin, incoming, incoming.url!, headers, outgoing)
    }
    if (bent === 'is never answered') return outgoing.destroy()
    if ('query' in bent) {
      const headers = { ...incoming.headers, ...bent.headers }
      const target = bent.query.size === 0 ? pathname : `${pathname}?${bent.query}`
      return pass(origin, incoming, target, signed(asked, pathname, bent.query, headers), outgoing)
    }
    incoming.resume()
    const now = incoming.headers[NOW_HEADER]
    const clock = now === undefined ? {} : { [CLOCK_HEADER]: String(now) }
    outgoing
      .writeHead(bent.status, { ...clock, ...bent.headers })
      .end(incoming.method === 'HEAD' ? undefined : bent.body)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/${EMULATOR_ACCOUNT}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function pass(
  origin: string,
  incoming: IncomingMessage,
  target: string,
  headers: IncomingMessage['headers'],
  outgoing: ServerResponse,
): void {
  const onward = request(new URL(target, origin), { method: incoming.method!, headers }, (answer) => {
    for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined) outgoing.setHeader(name, value)
    outgoing.writeHead(answer.statusCode!)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  incoming.pipe(onward)
}

/** A server that takes a request for another one does not refuse its signature for that. */
function signed(
  { method }: AskedFor,
  path: string,
  query: URLSearchParams,
  headers: IncomingMessage['headers'],
): IncomingMessage['headers'] {
  const flat = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)]))
  const contentLength = Number(headers['content-length'] ?? 0)
  const sign = sharedKeySigner(EMULATOR_ACCOUNT, EMULATOR_KEY)
  const authorization = sign({ method, path, query: canonicalQuery([...query]), contentLength, headers: flat })
  return { ...headers, authorization }
}
