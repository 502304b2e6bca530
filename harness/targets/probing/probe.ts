import type { Service } from '../../../model/resource.ts'
import { CLOCK_HEADER, NOW_HEADER } from '../../clock/headers.ts'
import { wallNowMs } from '../../clock/wall.ts'
import { ClockError, TargetError } from '../../errors.ts'
import type { Endpoint } from '../target.ts'
import { type Asked, unanswered } from './ask-once.ts'
import { askPatiently } from './ask-patiently.ts'

export interface ProbeOptions {
  readonly clock: 'header' | 'wall'
  readonly apiVersion: string
}

/** What a storage server has shown of itself. */
export interface Seen {
  /** What it calls itself. */
  readonly server: string
  /** Its clock when it answered, milliseconds since the epoch; undefined where it does not tell. */
  readonly dateMs: number | undefined
  /** How long the answer took: the clock was read some time within. */
  readonly tookMs: number
  /** When the answer was there, by our clock, milliseconds since the epoch. */
  readonly endedMs: number
  /** The error code, where it understood and the credential does not permit to list. */
  readonly refused: string | undefined
}

/** The element that holds what a service lists: it tells which service answers. */
const LISTS = { blob: 'Containers', file: 'Shares' } as const satisfies Record<Service, string>

/** What a server answers that knows who asks: it has verified the signature, and listing is not what it is for. */
const KNOWN_AND_REFUSED: readonly string[] = ['AuthorizationPermissionMismatch', 'AuthorizationResourceTypeMismatch']

/**
 * Lists at most one container or share, or one blob where the credential opens one container: every storage server answers
 * that, and nothing else does in the same way.
 * @throws TargetError, ClockError with what is wrong, in one sentence
 */
export async function probe(endpoint: Endpoint, service: Service, { clock, apiVersion }: ProbeOptions): Promise<Seen> {
  const url = urlOf(endpoint, service)
  const { host } = new URL(url)
  const instant = clock === 'header' ? String(Date.now()) : undefined
  const answer = await askPatiently(endpoint, service, {
    method: 'GET',
    path: endpoint.container === undefined ? '/' : `/${endpoint.container}`,
    parameters: [...(endpoint.container === undefined ? [] : [['restype', 'container'] as const]), ...LIST_ONE],
    apiVersion,
    instant,
  })
  if (answer.failed !== undefined) throw new TargetError(unanswered(host, answer.failed, answer.outOfTime))
  const { status, headers, body } = answer
  const what = endpoint.container === undefined ? LISTS[service].toLowerCase() : 'blobs'
  const code = codeIn(answer)
  const refused = code !== undefined && endpoint.credential.by === 'sas' && KNOWN_AND_REFUSED.includes(code)
  if ((status === 200 && body.includes('<EnumerationResults')) || refused) {
    refuseOtherService(host, service, body)
    if (instant !== undefined && headers[CLOCK_HEADER] !== instant) throw new ClockError(notHonoured(host))
    const date = Date.parse(String(headers.date ?? ''))
    return {
      server: String(headers.server ?? 'unknown').slice(0, 60),
      dateMs: Number.isNaN(date) ? undefined : date,
      tookMs: answer.tookMs,
      endedMs: wallNowMs(),
      refused: refused ? code : undefined,
    }
  }
  if (code !== undefined) {
    const hint = status === 401 || status === 403 ? `; ${adviceFor(endpoint)}` : ''
    throw new TargetError(`${host} refuses to list the ${what} of ${endpoint.account}: ${status} ${code}${hint}`)
  }
  if (status >= 500) {
    throw new TargetError(
      `${host} fails to list ${what}: it gave ${status}; it may hold something that it cannot read any more: restart it empty`,
    )
  }
  throw new TargetError(
    `what answers at ${host} is not a storage server: it gave ${status} ${headers['content-type'] ?? 'without a content type'} where a list of ${what} was expected; check the URL`,
  )
}

const LIST_ONE = [
  ['comp', 'list'],
  ['maxresults', '1'],
] as const

function notHonoured(host: string): string {
  return `${host} does not honour ${NOW_HEADER}, so its clock is not virtual; start it with the clock script preloaded, or take --clock wall`
}

function adviceFor({ credential }: Endpoint): string {
  switch (credential.by) {
    case 'key':
      return 'check --account and --key'
    case 'sas':
      return 'check the SAS: whether it is whole, of this account, and not run out'
    case 'token':
      return 'check which roles whoever signed in has: Storage Blob Data Contributor, and for files Storage File Data Privileged Contributor'
    case 'nobody':
      return 'it wants a credential; leave --auth none out'
    default:
      return credential satisfies never
  }
}

/** The error code of an answer, wherever it stands. */
export function codeIn({ headers, body }: Pick<Asked, 'headers' | 'body'>): string | undefined {
  const code = headers['x-ms-error-code'] ?? /<Code>([^<]+)<\/Code>/.exec(body)?.[1]
  return code === undefined ? undefined : String(code)
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
