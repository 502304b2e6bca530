import { request } from 'undici'
import { canonicalQuery, sharedKeySigner } from '../drivers/shared-key.ts'
import { TargetError, UsageError } from '../errors.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from './azurite.ts'
import type { Endpoint, Target } from './target.ts'

export interface ServerOptions {
  readonly url: string
  readonly account: string | undefined
  readonly key: string | undefined
  readonly clock: 'header' | 'wall'
  readonly apiVersion: string
}

const PROBE_TIMEOUT_MS = 10_000

/**
 * A server that somebody else runs, reached by its URL.
 * @throws UsageError if the URL, account or key cannot be used; TargetError if what is there is no storage server.
 */
export async function serverAt(options: ServerOptions): Promise<Target> {
  const endpoint = endpointOf(options)
  const version = await probed(endpoint, options.apiVersion)
  return {
    name: new URL(endpoint.url).host,
    version,
    clock: options.clock === 'header' ? 'virtual' : 'wall',
    endpoints: [endpoint],
    onDeath: () => {},
    close: async () => {},
  }
}

function endpointOf({ url, account, key }: ServerOptions): Endpoint {
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new UsageError(
      `${url} is no URL of a server; expected something like http://127.0.0.1:10000/${EMULATOR_ACCOUNT}`,
    )
  }
  const path = parsed.pathname.replace(/\/+$/, '')
  const named = account ?? (path === '' ? parsed.hostname.split('.')[0]! : path.split('/').at(-1)!)
  const known = key ?? (named === EMULATOR_ACCOUNT ? EMULATOR_KEY : undefined)
  if (known === undefined) {
    throw new UsageError(`account ${named} needs its key: add --key, or --account if the account is another one`)
  }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(known)) throw new UsageError('the account key is not base64; copy it again, whole')
  return { url: parsed.origin + path, account: named, key: known }
}

/** Lists at most one container: every storage server answers that, and nothing else does in the same way. */
async function probed({ url, account, key }: Endpoint, apiVersion: string): Promise<string> {
  const { origin, pathname, host } = new URL(url)
  const path = pathname === '/' ? '/' : pathname
  const headers = ['x-ms-date', new Date().toUTCString(), 'x-ms-version', apiVersion]
  const signed = sharedKeySigner(
    account,
    key,
  )({
    method: 'GET',
    path,
    query: canonicalQuery([
      ['comp', 'list'],
      ['maxresults', '1'],
    ]),
    contentLength: 0,
    headers,
  })
  const answer = await request(`${origin}${path}?comp=list&maxresults=1`, {
    headers: [...headers, 'authorization', signed],
    headersTimeout: PROBE_TIMEOUT_MS,
    bodyTimeout: PROBE_TIMEOUT_MS,
  }).catch((error: Error) => {
    throw new TargetError(
      `nothing answers at ${host} (${reasonOf(error)}): is the server running, and is the URL right?`,
    )
  })
  const body = await answer.body.text().catch(() => '')
  const code = answer.headers['x-ms-error-code'] ?? /<Code>([^<]+)<\/Code>/.exec(body)?.[1]
  if (answer.statusCode === 200 && body.includes('<EnumerationResults'))
    return String(answer.headers.server ?? 'unknown').slice(0, 60)
  if (code !== undefined)
    throw new TargetError(`${host} refuses account ${account}: ${answer.statusCode} ${code}; check --account and --key`)
  throw new TargetError(
    `what answers at ${host} is not a storage server: it gave ${answer.statusCode} ${answer.headers['content-type'] ?? 'without a content type'} where a list of containers was expected`,
  )
}

function reasonOf(error: Error): string {
  return error.message || ('code' in error ? String(error.code) : error.name)
}
