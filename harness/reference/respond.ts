import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { VERSION } from '../cli/version.ts'
import { CLOCK_HEADER } from '../clock/headers.ts'
import { type Answer, isRefusal, type Refusal, type Success } from './answer.ts'
import { httpDate } from './ledger.ts'
import { messageFor } from './messages.ts'
import type { StorageRequest } from './request.ts'
import { ERROR_CODE_HEADER_SINCE } from './version.ts'
import { element, XML_HEAD } from './xml.ts'

const SERVER = `Leasecheck-Reference/${VERSION}`
const MOST_CLIENT_ID_CHARACTERS = 1024
/** Statuses of answers that have no body. */
const BODILESS = [204, 304]

/** Sends an answer; the request is undefined if it could not be read. */
export function respond(
  response: ServerResponse,
  incoming: IncomingMessage,
  request: StorageRequest | undefined,
  answer: Answer,
): void {
  const requestId = nextRequestId()
  const nowMs = request?.nowMs ?? Date.now()
  const { status, headers, body } = isRefusal(answer) ? told(answer, request, requestId, nowMs) : answer
  const flat: string[] = ['server', SERVER, 'x-ms-request-id', requestId, 'date', httpDate(nowMs)]
  if (request !== undefined) flat.push('x-ms-version', request.version)
  if (request?.isVirtual) flat.push(CLOCK_HEADER, String(nowMs))
  const clientId = incoming.headers['x-ms-client-request-id']
  if (typeof clientId === 'string' && clientId.length <= MOST_CLIENT_ID_CHARACTERS) {
    flat.push('x-ms-client-request-id', clientId)
  }
  for (const name in headers) flat.push(name, headers[name]!)
  const isBodiless = BODILESS.includes(status)
  const isHead = incoming.method === 'HEAD'
  if (!isBodiless && headers['content-length'] === undefined) {
    flat.push('content-length', String(body === undefined ? 0 : Buffer.byteLength(body)))
  }
  response.sendDate = false
  response.writeHead(status, response.hasHeader('connection') ? ['connection', 'close', ...flat] : flat)
  response.end(isBodiless || isHead ? undefined : body)
}

/** An error as the service tells it: the code in a header, from a certain version on, and in the body. */
function told(
  { status, code, details = {}, headers = {} }: Refusal,
  request: StorageRequest | undefined,
  requestId: string,
  nowMs: number,
): Success {
  const message = `${messageFor(code)}\nRequestId:${requestId}\nTime:${new Date(nowMs).toISOString()}`
  const more = Object.entries(details).map(([name, value]) => element(name, value))
  const body = `${XML_HEAD}<Error>${element('Code', code)}${element('Message', message)}${more.join('')}</Error>`
  const all: Record<string, string> = { ...headers, 'content-type': 'application/xml' }
  if (request === undefined || request.version >= ERROR_CODE_HEADER_SINCE) all['x-ms-error-code'] = code
  if (status === 401) all['www-authenticate'] = 'SharedKey'
  return { status, headers: all, body }
}

const RUN = randomBytes(8).toString('hex')
let requests = 0

/** A GUID that no other request of this process has. */
function nextRequestId(): string {
  requests += 1
  const last = requests.toString(16).padStart(12, '0')
  return `${RUN.slice(0, 8)}-${RUN.slice(8, 12)}-4${RUN.slice(13)}-8000-${last}`
}
