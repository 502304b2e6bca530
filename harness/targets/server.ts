import { errors, request } from 'undici'
import type { Service } from '../../model/resource.ts'
import { CLOCK_HEADER, NOW_HEADER } from '../clock/headers.ts'
import { canonicalQuery, sharedKeySigner } from '../drivers/shared-key.ts'
import { ClockError, TargetError, UsageError } from '../errors.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from './azurite.ts'
import type { Endpoint, Target } from './target.ts'

export interface ServerOptions {
  readonly url: string
  /** Of its file service; default: it has none. */
  readonly fileUrl?: string | undefined
  readonly account: string | undefined
  readonly key: string | undefined
  readonly clock: 'header' | 'wall'
  readonly apiVersion: string
}

/** How long the whole answer to the first request may take. */
const PROBE_LIMIT_MS = 10_000
/** How much of an answer is read: a list of one container is shorter. */
const PROBE_BYTES = 64 * 1024

/**
 * A server that somebody else runs, reached by its URL. It is looked at before anything is written to it.
 * @throws UsageError if the URL, account or key cannot be used; TargetError if what is there is no storage server, or does
 * not keep the clock that it should.
 */
export async function serverAt(options: ServerOptions): Promise<Target> {
  const endpoint = endpointOf(options)
  const signature = await probed(endpoint, 'blob', options)
  if (endpoint.fileUrl !== undefined) await probed(endpoint, 'file', options)
  return {
    ...named(signature, new URL(endpoint.url).host),
    clock: options.clock === 'header' ? 'virtual' : 'wall',
    endpoints: [endpoint],
    embedded: false,
    onDeath: () => {},
    close: async () => {},
  }
}

/** An Azurite says what it is, and is the same one wherever it runs; any other server is named by its address. */
function named(signature: string, host: string): Pick<Target, 'name' | 'version'> {
  const azurite = /^Azurite-Blob\/([0-9][0-9A-Za-z.-]*)$/.exec(signature)
  return azurite === null ? { name: host, version: signature } : { name: 'azurite', version: azurite[1]! }
}

function endpointOf({ url, fileUrl, account, key }: ServerOptions): Endpoint {
  const service = serviceUrl(url)
  const user = account ?? accountIn(service)
  const known = key ?? (user === EMULATOR_ACCOUNT ? EMULATOR_KEY : undefined)
  if (known === undefined) {
    throw new UsageError(`account ${user} needs its key: add --key, or --account if the account is another one`)
  }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(known)) throw new UsageError('the account key is not base64; copy it again, whole')
  const files = fileUrl === undefined ? {} : { fileUrl: serviceUrl(fileUrl) }
  return { url: service, ...files, account: user, key: known }
}

/**
 * The URL of a service, without a slash at the end.
 * @throws UsageError
 */
function serviceUrl(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new UsageError(
      `${url} is no URL of a server; expected something like http://127.0.0.1:10000/${EMULATOR_ACCOUNT}`,
    )
  }
  if (parsed.search !== '' || parsed.username !== '' || parsed.password !== '') {
    throw new UsageError(
      `the URL of ${parsed.host} carries a signature or a password, which is not supported; leave it out and give --key`,
    )
  }
  return parsed.origin + parsed.pathname.replace(/\/+$/, '')
}

/** The account stands in the path, or else in the name of the host. */
function accountIn(url: string): string {
  const { pathname, hostname } = new URL(url)
  return pathname === '/' ? hostname.split('.')[0]! : pathname.split('/').at(-1)!
}

/** The element that holds what a service lists: it tells which service answers. */
const LISTS = { blob: 'Containers', file: 'Shares' } as const satisfies Record<Service, string>

interface Probe {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/**
 * Lists at most one container or share: every storage server answers that, and nothing else does in the same way.
 * @returns what the server calls itself
 */
async function probed(endpoint: Endpoint, service: Service, { clock, apiVersion }: ServerOptions): Promise<string> {
  const { host } = new URL(urlOf(endpoint, service))
  const instant = clock === 'header' ? String(Date.now()) : undefined
  const { status, headers, body } = await listOne(endpoint, service, apiVersion, instant)
  const lists = LISTS[service].toLowerCase()
  const code = headers['x-ms-error-code'] ?? /<Code>([^<]+)<\/Code>/.exec(body)?.[1]
  if (status === 200 && body.includes('<EnumerationResults')) {
    refuseOtherService(host, service, body)
    if (headers[CLOCK_HEADER] === instant || instant === undefined)
      return String(headers.server ?? 'unknown').slice(0, 60)
    throw new ClockError(
      `${host} does not honour ${NOW_HEADER}, so its clock is not virtual; start it with the clock script preloaded, or take --clock wall`,
    )
  }
  if (code !== undefined) {
    const hint = status === 401 || status === 403 ? '; check --account and --key' : ''
    throw new TargetError(`${host} refuses to list the ${lists} of ${endpoint.account}: ${status} ${code}${hint}`)
  }
  if (status >= 500) {
    throw new TargetError(
      `${host} fails to list ${lists}: it gave ${status}; it may hold something that it cannot read any more: restart it empty`,
    )
  }
  throw new TargetError(
    `what answers at ${host} is not a storage server: it gave ${status} ${headers['content-type'] ?? 'without a content type'} where a list of ${lists} was expected; check the URL`,
  )
}

/** Both services answer the same request in the same way, so that two URLs in the wrong order would look right. */
function refuseOtherService(host: string, service: Service, body: string): void {
  const other = service === 'blob' ? 'file' : 'blob'
  if (!body.includes(`<${LISTS[other]}`)) return
  throw new TargetError(
    `what answers at ${host} is a ${other} service where a ${service} service was expected; the target is the URL of the blob service, --file-url that of the file service`,
  )
}

function urlOf({ url, fileUrl = url }: Endpoint, service: Service): string {
  return service === 'blob' ? url : fileUrl
}

async function listOne(endpoint: Endpoint, service: Service, apiVersion: string, instant?: string): Promise<Probe> {
  const { account, key } = endpoint
  const { origin, pathname: path, host } = new URL(urlOf(endpoint, service))
  const query = canonicalQuery([
    ['comp', 'list'],
    ['maxresults', '1'],
  ])
  const headers = ['x-ms-date', new Date().toUTCString(), 'x-ms-version', apiVersion]
  const signed = sharedKeySigner(account, key)({ method: 'GET', path, query, contentLength: 0, headers })
  const clock = instant === undefined ? [] : [NOW_HEADER, instant]
  const limit = AbortSignal.timeout(PROBE_LIMIT_MS)
  try {
    const answer = await request(`${origin}${path}?comp=list&maxresults=1`, {
      headers: [...headers, 'authorization', signed, ...clock],
      signal: limit,
    })
    return { status: answer.statusCode, headers: answer.headers, body: await beginningOf(answer.body) }
  } catch (error) {
    throw new TargetError(unanswered(host, error as Error, limit.aborted))
  }
}

/** Whoever sends without end is not waited for. */
async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const chunk of body) {
    text += chunk.toString('utf8')
    if (text.length > PROBE_BYTES) break
  }
  return text
}

function unanswered(host: string, error: Error, outOfTime: boolean): string {
  if (outOfTime)
    return `${host} did not answer within ${PROBE_LIMIT_MS / 1000} s: is what listens there a storage server?`
  const reason = error.message || ('code' in error ? String(error.code) : error.name)
  return error instanceof errors.HTTPParserError
    ? `what answers at ${host} is not a storage server: it does not speak HTTP (${reason}); check the URL`
    : `nothing answers at ${host} (${reason}): is the server running, and is the URL right?`
}
