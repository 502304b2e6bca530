import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Service } from '../../model/resource.ts'
import type { Account } from './account.ts'
import { admit } from './admission.ts'
import { type Answer, isRefusal, type Refusal, refusal } from './answer.ts'
import { MOST_BODY_BYTES, readBody } from './body.ts'
import { readRequest, type StorageRequest } from './request.ts'
import { respond } from './respond.ts'

/**
 * How long a client may keep silent in the middle of a request. Whoever goes on sending may take as long as it takes, since a
 * large body on a slow line is no offence.
 */
const SILENCE_LIMIT_MS = 3_000
/** Shorter, so that an unfinished head is still told that it was too slow. */
const HEAD_LIMIT_MS = 2_000
const CHECK_INTERVAL_MS = 500
/** How long a client may take a pause from reading an answer. */
const READING_LIMIT_MS = 60_000
/** Longer than clients keep idle connections, so that they do not reuse one that is just being closed. */
const IDLE_LIMIT_MS = 120_000
const MOST_HEADER_BYTES = 32 * 1024

/** The HTTP server of one service of an account. It does not listen yet. */
export function httpServer(service: Service, account: Account): Server {
  const server = createServer(
    {
      maxHeaderSize: MOST_HEADER_BYTES,
      headersTimeout: HEAD_LIMIT_MS,
      requestTimeout: 0,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      keepAliveTimeout: IDLE_LIMIT_MS,
      noDelay: true,
    },
    (incoming, response) => serve(service, account, incoming, response),
  )
  server.setTimeout(SILENCE_LIMIT_MS)
  return server
}

/** What a request is to be answered by, decided by its head alone. */
type Decision = {
  readonly request: StorageRequest | undefined
  readonly answer: (body: Buffer) => Answer
  readonly isRefused: boolean
}

function serve(service: Service, account: Account, incoming: IncomingMessage, response: ServerResponse): void {
  const { request, answer, isRefused } = decide(service, account, incoming)
  readBody(incoming, !isRefused, (body) => {
    response.setTimeout(READING_LIMIT_MS)
    const isTooLarge = body === 'too large'
    if (isTooLarge) response.setHeader('connection', 'close')
    const given = isTooLarge ? TOO_LARGE : guarded(incoming, () => answer(body))
    const failure = guarded(incoming, () => respond(response, incoming, request, given))
    if (failure !== undefined) response.destroy()
  })
}

function decide(service: Service, account: Account, incoming: IncomingMessage): Decision {
  let request: StorageRequest | undefined
  const admitted = guarded(incoming, () => {
    const read = readRequest(incoming, service, account.credential.account)
    if (isRefusal(read)) return read
    request = read
    return admit(account, read)
  })
  if (isRefusal(admitted)) return { request, answer: () => admitted, isRefused: true }
  const { route, caller } = admitted
  return { request, answer: (body) => route.serve({ account, request: request!, caller, body }), isRefused: false }
}

/**
 * An exception is a bug of ours: whoever runs the server hears of it, and the client is not left waiting. The query may hold a
 * signature, which is nobody's business.
 */
function guarded<T>(incoming: IncomingMessage, act: () => T): T | Refusal {
  try {
    return act()
  } catch (error) {
    console.error(
      `leasecheck: the reference server failed at ${incoming.method} ${incoming.url?.split('?')[0]}:`,
      error,
    )
    return refusal(500, 'InternalError')
  }
}

const TOO_LARGE = refusal(413, 'RequestBodyTooLarge', { MaxLimit: String(MOST_BODY_BYTES) })
