import { Agent, errors, request } from 'undici'
import type { Service } from '../../../model/resource.ts'
import { NOW_HEADER } from '../../clock/headers.ts'
import { canonicalQuery } from '../../drivers/shared-key.ts'
import { TargetError } from '../../errors.ts'
import { authorizerFor } from '../credentials/authorizer.ts'
import { trusting } from '../credentials/trusted.ts'
import type { Endpoint } from '../target.ts'

/** How long the whole answer to a request of this kind may take. */
const LIMIT_MS = 10_000
/** How much of an answer is read: a list of one container is shorter. */
const MOST_BYTES = 64 * 1024

/** A request that finds something out about a server before a run. */
export interface Question {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Below the account, with its leading slash. */
  readonly path: string
  readonly parameters: readonly (readonly [name: string, value: string])[]
  readonly apiVersion: string
  readonly headers?: readonly string[]
  readonly body?: string
  /** The instant that it carries for a server on virtual time. */
  readonly instant?: string | undefined
}

export interface Asked {
  /** What went wrong with the connection; then there is nothing else. */
  readonly failed: Error | undefined
  readonly outOfTime: boolean
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
  readonly tookMs: number
}

/** Asks once, over a connection of its own. */
export async function askOnce(endpoint: Endpoint, service: Service, question: Question): Promise<Asked> {
  const { method, path: below, parameters, apiVersion, body = '', instant } = question
  const { origin, pathname } = new URL(service === 'blob' ? endpoint.url : (endpoint.fileUrl ?? endpoint.url))
  const path = below === '/' ? pathname : pathname.replace(/\/$/, '') + below
  const door = authorizerFor(endpoint, service)
  await door.prepare()
  const authorized = door.authorize({
    method,
    path,
    query: `?${parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`,
    canonicalQuery: canonicalQuery(parameters),
    contentLength: Buffer.byteLength(body),
    headers: ['x-ms-date', new Date().toUTCString(), 'x-ms-version', apiVersion, ...(question.headers ?? [])],
    readsSource: false,
  })
  const clock = instant === undefined ? [] : [NOW_HEADER, instant]
  const limit = AbortSignal.timeout(LIMIT_MS)
  const agent = new Agent({ connect: trusting(endpoint.ca) })
  const beganMs = performance.now()
  try {
    const answer = await request(`${origin}${path}${authorized.query}`, {
      method,
      headers: [...authorized.headers, ...clock],
      body: body === '' ? null : body,
      signal: limit,
      dispatcher: agent,
    })
    const said = await beginningOf(answer.body)
    const tookMs = performance.now() - beganMs
    const { statusCode: status, headers } = answer
    return { failed: undefined, outOfTime: false, status, headers, body: said, tookMs }
  } catch (error) {
    if (error instanceof TargetError) throw error
    return { ...NOTHING, failed: error as Error, outOfTime: limit.aborted, tookMs: performance.now() - beganMs }
  } finally {
    void agent.destroy()
  }
}

const NOTHING = { status: 0, headers: {}, body: '' }

/** Whoever sends without end is not waited for. */
async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const chunk of body) {
    text += chunk.toString('utf8')
    if (text.length > MOST_BYTES) break
  }
  return text
}

/** Why no answer came, for people. */
export function unanswered(host: string, error: Error, outOfTime: boolean): string {
  if (outOfTime) return `${host} did not answer within ${LIMIT_MS / 1000} s: is what listens there a storage server?`
  const code = 'code' in error ? String(error.code) : error.name
  const reason = error.message || code
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code))
    return `${host} shows a certificate that is not trusted (${reason}); give the one to trust with --ca, a PEM file`
  return error instanceof errors.HTTPParserError
    ? `what answers at ${host} is not a storage server: it does not speak HTTP (${reason}); check the URL`
    : `nothing answers at ${host} (${reason}): is the server running, and is the URL right?`
}
