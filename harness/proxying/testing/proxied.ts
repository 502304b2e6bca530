/** For tests: a proxy in this process before a server, and plain HTTP through it. */

import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { type Dispatcher, request } from 'undici'
import { compile } from '../../../model/compiled-rules.ts'
import type { Divergence } from '../../../model/judge.ts'
import { RULES } from '../../../model/rules/index.ts'
import { canonicalQuery, sharedKeySigner } from '../../drivers/shared-key.ts'
import { importFile } from '../../recordings/importing/import-file.ts'
import { type ExchangeVerdict, verifyRecording } from '../../recordings/verifying/verify-recording.ts'
import { requestLine } from '../../recordings/verifying-files/request-line.ts'
import { TimedSession } from '../../recordings/verifying-timed/timed-session.ts'
import type { Endpoint } from '../../targets/target.ts'
import { HarFile } from '../har-file.ts'
import { SessionProxy } from '../session-proxy.ts'

const rules = compile(RULES)

export interface Asked {
  readonly method: Dispatcher.HttpMethod
  /** Below the account: `/container?restype=container`. */
  readonly target: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | Readable
  /** Of the body; default: its own. */
  readonly contentLength?: number
  readonly signal?: AbortSignal
}

/** A session under way, which is also recorded. */
export class Proxied {
  readonly proxy: SessionProxy
  readonly verdicts: ExchangeVerdict[]
  readonly unreachable: Error[]
  readonly record: string
  readonly #har: HarFile
  readonly #endpoint: Endpoint

  private constructor(
    endpoint: Endpoint,
    proxy: SessionProxy,
    har: HarFile,
    told: { readonly verdicts: ExchangeVerdict[]; readonly unreachable: Error[] },
  ) {
    this.proxy = proxy
    this.verdicts = told.verdicts
    this.unreachable = told.unreachable
    this.#har = har
    this.record = har.path
    this.#endpoint = endpoint
  }

  static async before(endpoint: Endpoint): Promise<Proxied> {
    const told = { verdicts: [] as ExchangeVerdict[], unreachable: [] as Error[] }
    const session = new TimedSession(rules, (verdict) => void told.verdicts.push(verdict))
    const record = new HarFile(join(tmpdir(), `leasecheck-${randomUUID()}.har`), 'test')
    const onUnreachable = (error: Error) => void told.unreachable.push(error)
    return new Proxied(endpoint, await SessionProxy.listen({ endpoint, session, record, onUnreachable }), record, told)
  }

  /** Sends a request through the proxy, signed with the account's key. */
  async send({ method, target, headers = {}, body, contentLength, signal }: Asked) {
    const url = new URL(`${this.proxy.urlOf('blob')}${target}`)
    const length = contentLength ?? (Buffer.isBuffer(body) ? body.length : 0)
    const own = Object.entries({
      'x-ms-version': '2023-11-03',
      'x-ms-date': new Date().toUTCString(),
      ...headers,
    }).flat()
    const sign = sharedKeySigner(this.#endpoint.account, this.proxy.clientKey ?? '')
    const query = canonicalQuery([...url.searchParams])
    const covered = { method, path: url.pathname, query, contentLength: length, headers: own }
    const answer = await request(url, {
      method,
      headers: [
        ...own,
        'authorization',
        sign(covered),
        ...(contentLength === undefined ? [] : ['content-length', String(length)]),
      ],
      body: body ?? null,
      ...(signal === undefined ? {} : { signal }),
    })
    return { status: answer.statusCode, headers: answer.headers, bytes: Buffer.from(await answer.body.arrayBuffer()) }
  }

  /** Each verdict in a line: the request, and what became of it. */
  lines(): readonly string[] {
    return this.verdicts.map(lineOf)
  }

  /** Ends the session; what `verify` says of its recording, sorted as the session's own lines are. */
  async end(): Promise<readonly string[]> {
    await this.proxy.close(1_000)
    this.#har.close()
    const imported = importFile(this.record)
    rmSync(this.record)
    if ('error' in imported) throw new Error(imported.error)
    return imported.recordings.flatMap((each) => verifyRecording(rules, each)).map(lineOf)
  }
}

function lineOf(verdict: ExchangeVerdict): string {
  const { exchange } = verdict
  return `${exchange.place} ${requestLine(exchange)} ${exchange.status} ${saying(verdict)}`
}

function saying(verdict: ExchangeVerdict): string {
  switch (verdict.result) {
    case 'explained':
    case 'beside':
      return verdict.result
    case 'unexplained':
      return verdict.divergences
        .map(({ rule, field, observed }: Divergence) => `${rule} ${field} ${observed}`)
        .join('; ')
    case 'not judgeable':
      return verdict.why.name
    default:
      return verdict satisfies never
  }
}
