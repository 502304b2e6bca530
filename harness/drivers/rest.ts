import { errors, Pool } from 'undici'
import { type Answer, at, type Exchange, type Instant, type Operation, type Span } from '../../model/index.ts'
import { CLOCK_HEADER, NOW_HEADER } from '../clock/headers.ts'
import { ClockError, TargetError } from '../errors.ts'
import { answerOf, listingAnswerOf, needsBody } from './answer.ts'
import type { Driver, DriverOptions } from './driver.ts'
import { type Received, type ReceivedAnswer, send, type WantsBody } from './sending.ts'
import { sharedKeySigner } from './shared-key.ts'
import { containerAndBlob, creatingRequest, type WireRequest, wireRequest } from './wire.ts'

export type { Driver, DriverOptions, Names } from './driver.ts'

const DEFAULT_CONNECTIONS = 64
const DEFAULT_TIMEOUT_MS = 30_000
const CONNECT_TIMEOUT_MS = 10_000
const always: WantsBody = () => true

/** The driver that sends plain HTTP requests: call, exchange and return coincide. */
export function restDriver(options: DriverOptions): Driver {
  const { account, key } = options.endpoint
  const url = new URL(options.endpoint.url)
  const basePath = url.pathname === '/' ? '' : url.pathname
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const pool = new Pool(url.origin, {
    connections: options.maxConnections ?? DEFAULT_CONNECTIONS,
    // One request a connection at a time: a connection that dies takes one outcome with it, not many.
    pipelining: 1,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: Math.min(timeoutMs, CONNECT_TIMEOUT_MS) },
  })
  const sign = sharedKeySigner(account, key)
  const dateText = secondTexts()
  let requestsSent = 0

  async function exchange(request: WireRequest, instant: Instant | undefined, wantsBody: WantsBody): Promise<Received> {
    const path = basePath + request.path
    const headers = ['x-ms-date', dateText(), ...request.headers, 'x-ms-version', options.apiVersion]
    const contentLength = request.body?.length ?? 0
    const authorization = sign({ ...request, path, query: request.canonicalQuery, contentLength, headers })
    headers.push('authorization', authorization)
    if (instant !== undefined) headers.push(NOW_HEADER, String(instant))
    const outgoing = { method: request.method, path: path + request.query, headers, body: request.body ?? null }
    requestsSent += 1
    const received = await send(pool, outgoing, wantsBody).catch((error: Error) => {
      requestsSent -= 1
      throw notSent(error, url.origin)
    })
    if (instant !== undefined && received.answer !== undefined) checkClock(received.answer, instant, url.origin)
    return received
  }

  return {
    name: 'rest',
    get requestsSent() {
      return requestsSent
    },
    async prepare(world, names, instant) {
      const present = world.filter((setting) => setting.condition === 'present')
      for (const { name, kind } of present) {
        const { answer } = await exchange(creatingRequest(kind, realName(names, name)), instant, always)
        if (answer === undefined || answer.status >= 300) throw refusal(answer, kind, url.origin)
      }
      return present.length
    },
    async perform(operation, kind, names, instant): Promise<Exchange> {
      const real = realName(names, operation.on)
      const wantsBody = operation.name === 'listBlobs' ? always : needsBody
      const received = await exchange(wireRequest(operation, kind, real), instant, wantsBody)
      return { operation, window: windowOf(received, instant), answer: modelAnswer(operation, received.answer, real) }
    },
    close: () => pool.destroy(),
  }
}

function realName(names: ReadonlyMap<string, string>, name: string): string {
  const real = names.get(name)
  if (real === undefined)
    throw new Error(`no real name was given for ${name}; given are ${[...names.keys()].join(', ')}`)
  return real
}

function windowOf(received: Received, instant: Instant | undefined): Span {
  return instant === undefined ? { earliestMs: received.sentMs, latestMs: received.answeredMs } : at(instant)
}

function modelAnswer(operation: Operation, answer: ReceivedAnswer | undefined, real: string): Answer | undefined {
  if (answer === undefined) return undefined
  const { status, headers, body } = answer
  if (operation.name !== 'listBlobs') return answerOf(status, headers, body)
  return listingAnswerOf(status, headers, body, containerAndBlob(real)[1])
}

/** Without the server's own word for it, an answer at the wrong time would look like a divergence. */
function checkClock(answer: ReceivedAnswer, instant: Instant, origin: string): void {
  const used = answer.headers[CLOCK_HEADER]
  if (used === String(instant)) return
  const did = used === undefined ? `sent no ${CLOCK_HEADER} header` : `acted at ${used}`
  throw new ClockError(
    `${origin} did not honour the virtual clock: it was told ${instant} and ${did} (status ${answer.status}); ` +
      'use wall time, or start the server with the clock script preloaded',
  )
}

function notSent(error: Error, origin: string): Error {
  // A request that cannot be written down is our own mistake, whatever the server is.
  if (error instanceof errors.InvalidArgumentError) return error
  const reason = error.message || ('code' in error ? String(error.code) : error.name)
  return new TargetError(`${origin} cannot be reached (${reason}); is the server running, and the URL right?`)
}

function refusal(answer: ReceivedAnswer | undefined, kind: string, origin: string): TargetError {
  if (answer === undefined) return new TargetError(`${origin} took the request to create a ${kind} and never answered`)
  const { code = 'no error code' } = answerOf(answer.status, answer.headers, answer.body)
  const advice =
    answer.status === 401 || answer.status === 403
      ? '; check the account and the key'
      : /^\s*<(!doctype html|html)/i.test(answer.body)
        ? '; what answers there is a web page, not a storage server: check the URL'
        : ''
  return new TargetError(`${origin} refused to create a ${kind}: status ${answer.status}, ${code}${advice}`)
}

/** The present moment as a `Date` header wants it; made anew once a second. */
function secondTexts(): () => string {
  let second = 0
  let text = ''
  return () => {
    const now = Math.floor(Date.now() / 1000)
    if (now !== second) {
      second = now
      text = new Date(now * 1000).toUTCString()
    }
    return text
  }
}
