/** For tests: sessions of many clients at once with the reference server, of which it is known when the server acted on what. */
import fc from 'fast-check'
import { Pool } from 'undici'
import { NOW_HEADER } from '../../../clock/headers.ts'
import { canonicalQuery, sharedKeySigner } from '../../../drivers/shared-key.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../../../targets/emulator-account.ts'
import type { Endpoint } from '../../../targets/target.ts'
import type { TimedExchange } from '../timed-session.ts'

const VERSION = '2023-11-03'
const SERVER = `http://127.0.0.1/${EMULATOR_ACCOUNT}/`
const START_MS = Date.UTC(2030, 0, 1)
const IDS = ['a', 'b'].map((sign) => `${sign.repeat(8)}-0000-4000-8000-000000000000`)

/** A request, and when it is sent, served and answered. */
export interface Move {
  readonly what: number
  readonly on: number
  readonly id: number
  readonly proposed: number
  /** Milliseconds since the one before was sent. */
  readonly pauseMs: number
  /** Milliseconds until the server acts, and from then on until the answer is there. */
  readonly thereMs: number
  readonly backMs: number
  /** Whether no answer comes back; then the client gives up at `backMs` after it was sent, whenever the server acts, if ever. */
  readonly lost: 'no' | 'served' | 'not served'
}

const TRAVELS_MS = [0, 1, 30, 400, 3000]

/** How a session goes: how many of a hundred requests are never answered, and how soon one follows the other. */
export interface Manner {
  readonly lost: number
  readonly pace: 'leisurely' | 'hasty'
}

const PAUSES = {
  leisurely: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(0, 2, 50, 700) },
    { weight: 2, arbitrary: fc.constantFrom(5000, 14_000, 16_000) },
  ),
  hasty: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(0, 1, 20, 200) },
    { weight: 1, arbitrary: fc.constantFrom(3000, 15_000) },
  ),
} as const

/** @param length the most requests of one session */
export function busySessions(length: number, { lost, pace }: Manner): fc.Arbitrary<readonly Move[]> {
  const move = fc.record({
    what: fc.nat(WHAT.length - 1),
    on: fc.nat(2),
    id: fc.nat(IDS.length),
    proposed: fc.nat(IDS.length),
    pauseMs: PAUSES[pace],
    thereMs: fc.constantFrom(...TRAVELS_MS),
    backMs: fc.constantFrom(...TRAVELS_MS),
    lost: fc.oneof(
      { weight: 100 - lost, arbitrary: fc.constant('no' as const) },
      { weight: lost / 2, arbitrary: fc.constant('served' as const) },
      { weight: lost / 2, arbitrary: fc.constant('not served' as const) },
    ),
  })
  return fc.array(move, { minLength: length / 2, maxLength: length })
}

interface Asked {
  readonly service: 'blob' | 'file'
  readonly method: 'PUT' | 'GET' | 'HEAD' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: string
}

interface Around {
  /** The name of container and share. */
  readonly top: string
  /** What it is about: `top/0`, or `top` itself. */
  readonly leaf: string
  readonly other: string
  readonly id: string | undefined
  readonly proposed: string | undefined
}

const TOP = { restype: 'container' }
const SHARE = { restype: 'share' }

function lease(
  service: Asked['service'],
  path: string,
  action: string,
  headers: Asked['headers'],
  query: Asked['query'] = {},
): Asked {
  const named = { 'x-ms-lease-action': action, ...headers }
  return { service, method: 'PUT', path, query: { ...query, comp: 'lease' }, headers: named }
}

/** Everything that leases have to do with, again and again. */
const WHAT: readonly ((around: Around) => Asked)[] = [
  ...(['15', '20', '-1'] as const).map(
    (seconds) =>
      ({ leaf, proposed }: Around) =>
        lease('blob', leaf, 'acquire', { 'x-ms-lease-duration': seconds, 'x-ms-proposed-lease-id': proposed }),
  ),
  ({ leaf, id }) => lease('blob', leaf, 'renew', { 'x-ms-lease-id': id ?? IDS[0] }),
  ({ leaf, id, proposed }) =>
    lease('blob', leaf, 'change', { 'x-ms-lease-id': id ?? IDS[0], 'x-ms-proposed-lease-id': proposed ?? IDS[1] }),
  ({ leaf, id }) => lease('blob', leaf, 'release', { 'x-ms-lease-id': id ?? IDS[0] }),
  ({ leaf }) => lease('blob', leaf, 'break', {}),
  ({ leaf }) => lease('blob', leaf, 'break', { 'x-ms-lease-break-period': '5' }),
  ({ leaf, id }) => put(leaf, { 'x-ms-lease-id': id }),
  ({ leaf, id }) => put(leaf, { 'x-ms-lease-id': id }),
  ({ leaf, id }) => ({ service: 'blob', method: 'DELETE', path: leaf, headers: { 'x-ms-lease-id': id } }),
  ({ leaf }) => ({ service: 'blob', method: 'HEAD', path: leaf }),
  ({ leaf }) => ({ service: 'blob', method: 'HEAD', path: leaf }),
  ({ leaf, id }) => ({ service: 'blob', method: 'GET', path: leaf, headers: { 'x-ms-lease-id': id } }),
  ({ leaf, id }) => ({
    service: 'blob',
    method: 'PUT',
    path: leaf,
    query: { comp: 'snapshot' },
    headers: { 'x-ms-lease-id': id },
  }),
  ({ leaf, id }) => ({
    service: 'blob',
    method: 'PUT',
    path: leaf,
    query: { comp: 'metadata' },
    headers: { 'x-ms-lease-id': id },
  }),
  ({ leaf, other, id }) => ({
    service: 'blob',
    method: 'PUT',
    path: leaf,
    headers: { 'x-ms-copy-source': `${SERVER}${other}`, 'x-ms-lease-id': id },
  }),
  ({ top }) => ({ service: 'blob', method: 'GET', path: top, query: { ...TOP, comp: 'list' } }),
  ({ top }) => ({ service: 'blob', method: 'GET', path: '', query: { comp: 'list', prefix: top } }),
  ({ top }) => ({ service: 'blob', method: 'HEAD', path: top, query: TOP }),
  ({ top }) => ({ service: 'blob', method: 'PUT', path: top, query: TOP }),
  ({ top, id }) => ({ service: 'blob', method: 'DELETE', path: top, query: TOP, headers: { 'x-ms-lease-id': id } }),
  ({ top, proposed }) =>
    lease('blob', top, 'acquire', { 'x-ms-lease-duration': '15', 'x-ms-proposed-lease-id': proposed }, TOP),
  ({ top }) => lease('blob', top, 'break', { 'x-ms-lease-break-period': '0' }, TOP),
  ({ top }) => ({ service: 'file', method: 'PUT', path: top, query: SHARE }),
  ({ top, id }) => ({ service: 'file', method: 'DELETE', path: top, query: SHARE, headers: { 'x-ms-lease-id': id } }),
  ({ top }) => ({ service: 'file', method: 'HEAD', path: top, query: SHARE }),
  ({ top, proposed }) =>
    lease('file', top, 'acquire', { 'x-ms-lease-duration': '20', 'x-ms-proposed-lease-id': proposed }, SHARE),
  ({ top, id }) => lease('file', top, 'release', { 'x-ms-lease-id': id ?? IDS[0] }, SHARE),
  ({ leaf, id }) => file(leaf, { 'x-ms-lease-id': id }),
  ({ leaf, id }) => file(leaf, { 'x-ms-lease-id': id }),
  ({ leaf, proposed }) =>
    lease('file', leaf, 'acquire', { 'x-ms-lease-duration': '-1', 'x-ms-proposed-lease-id': proposed }),
  ({ leaf }) => lease('file', leaf, 'break', {}),
  ({ leaf }) => ({ service: 'file', method: 'HEAD', path: leaf }),
  ({ leaf, other, id }) => ({
    service: 'file',
    method: 'PUT',
    path: leaf,
    query: { comp: 'rename' },
    headers: {
      'x-ms-file-rename-source': `${SERVER}${other}`,
      'x-ms-file-rename-replace-if-exists': 'true',
      'x-ms-source-lease-id': id,
    },
  }),
]

const PLAIN: Move = { what: 0, on: 0, id: IDS.length, proposed: 0, pauseMs: 1, thereMs: 0, backMs: 0, lost: 'no' }
const AROUND: Around = { top: 't', leaf: 't/0', other: 't/1', id: undefined, proposed: undefined }
/** What makes the container and the share. */
const MAKES = WHAT.flatMap((make, place) => {
  const { method, path, headers, query } = make(AROUND)
  return method === 'PUT' && path === 't' && headers === undefined && query?.comp === undefined ? [place] : []
})

/** The proxy gives the account one name, wherever it is named. */
function asRecorded([name, value = '']: readonly [string, string | undefined]): readonly [string, string] {
  const service = name === 'x-ms-copy-source' ? 'blob' : 'file'
  return [name, value.replace(SERVER, `http://${EMULATOR_ACCOUNT}.${service}.localhost/`)]
}

function put(leaf: string, headers: Asked['headers']): Asked {
  const named = { 'x-ms-blob-type': 'BlockBlob', ...headers }
  return { service: 'blob', method: 'PUT', path: leaf, headers: named, body: 'text' }
}

function file(leaf: string, headers: Asked['headers']): Asked {
  return {
    service: 'file',
    method: 'PUT',
    path: leaf,
    headers: {
      'x-ms-type': 'file',
      'x-ms-content-length': '10',
      'x-ms-file-permission': 'inherit',
      'x-ms-file-attributes': 'None',
      'x-ms-file-creation-time': 'now',
      'x-ms-file-last-write-time': 'now',
      ...headers,
    },
  }
}

/** Plays sessions on a server that acts at the instants that it is told. */
export class BusyServer {
  readonly #pools: Readonly<Record<Asked['service'], Pool>>
  readonly #sign = sharedKeySigner(EMULATOR_ACCOUNT, EMULATOR_KEY)
  #sessions = 0

  constructor({ url, fileUrl = url }: Endpoint) {
    this.#pools = { blob: new Pool(new URL(url).origin), file: new Pool(new URL(fileUrl).origin) }
  }

  async close(): Promise<void> {
    await Promise.all([this.#pools.blob.close(), this.#pools.file.close()])
  }

  /** Serves the requests one after the other as the server came to them, and gives them as somebody on the way saw them. */
  async play(moves: readonly Move[]): Promise<readonly TimedExchange[]> {
    const top = `busy${this.#sessions++}`
    let sentMs = START_MS
    const timed = [...MAKES.map((what) => ({ ...PLAIN, what })), ...moves].map((move) => {
      sentMs += move.pauseMs
      return { move, sentMs, actedMs: sentMs + move.thereMs }
    })
    const seen: TimedExchange[] = []
    for (const { move, ...times } of timed.toSorted((a, b) => a.actedMs - b.actedMs)) {
      seen.push(await this.#exchange(top, move, times))
    }
    return seen
      .toSorted((a, b) => a.window.latestMs - b.window.latestMs)
      .map((each, place) => ({ ...each, place: String(place) }))
  }

  async #exchange(top: string, move: Move, { sentMs, actedMs }: { readonly sentMs: number; readonly actedMs: number }) {
    const id = IDS[move.id]
    const around = {
      top,
      leaf: `${top}/${move.on}`,
      other: `${top}/${(move.on + 1) % 3}`,
      id,
      proposed: IDS[move.proposed],
    }
    const asked = WHAT[move.what]!(around)
    const answer = move.lost === 'not served' ? undefined : await this.#send(asked, actedMs)
    const isHeard = move.lost === 'no' && answer !== undefined
    const query = new URLSearchParams(asked.query).toString()
    const headers = Object.entries(asked.headers ?? {}).filter(([, value]) => value !== undefined)
    return {
      place: '',
      method: asked.method,
      url: `http://${EMULATOR_ACCOUNT}.${asked.service}.localhost/${asked.path}${query === '' ? '' : `?${query}`}`,
      requestHeaders: { 'x-ms-version': VERSION, ...Object.fromEntries(headers.map(asRecorded)) },
      status: isHeard ? answer.status : 0,
      responseHeaders: isHeard ? answer.headers : {},
      responseBody: isHeard ? answer.body : '',
      window: { earliestMs: sentMs, latestMs: isHeard ? actedMs + move.backMs : sentMs + move.backMs },
    }
  }

  async #send({ service, method, path, query = {}, headers = {}, body = '' }: Asked, nowMs: number) {
    const own = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [name, value]))
    own.push('x-ms-date', new Date().toUTCString(), 'x-ms-version', VERSION, NOW_HEADER, String(nowMs))
    const fullPath = `/${EMULATOR_ACCOUNT}${path === '' ? '/' : `/${path}`}`
    const covered = { method, path: fullPath, query: canonicalQuery(Object.entries(query)), headers: own }
    const authorization = this.#sign({ ...covered, contentLength: body.length })
    const text = new URLSearchParams(query).toString()
    const answer = await this.#pools[service].request({
      method,
      path: text === '' ? fullPath : `${fullPath}?${text}`,
      headers: [...own, 'authorization', authorization],
      body: body === '' ? null : body,
    })
    const told = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const)
    return { status: answer.statusCode, headers: Object.fromEntries(told), body: await answer.body.text() }
  }
}
