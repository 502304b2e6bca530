import { closeSync, openSync, writeSync } from 'node:fs'
import { UsageError } from '../errors.ts'
import type { TimedExchange } from '../recordings/verifying-timed/timed-session.ts'

/** Written in portions of about so many characters. */
const FLUSH_LENGTH = 64 * 1024

/**
 * A session as an HTTP archive, which `leasecheck verify` and other programs read. It is written as it goes on, and is whole once
 * it has been closed. Beside the times that every archive has, each entry has the exact ones, and no body that says nothing of
 * leases.
 */
export class HarFile {
  readonly path: string
  readonly #file: number
  #pending: string
  #entries = 0

  /** @throws UsageError if it cannot be written. */
  constructor(path: string, version: string) {
    this.path = path
    this.#file = this.#writing(() => openSync(path, 'w'))
    const creator = { name: 'leasecheck proxy', version }
    this.#pending = `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"entries":[\n`
  }

  add(exchange: TimedExchange): void {
    this.#pending += `${this.#entries++ === 0 ? '' : ',\n'}${JSON.stringify(entryOf(exchange))}`
    if (this.#pending.length > FLUSH_LENGTH) this.#flush()
  }

  close(): void {
    this.#pending += '\n]}}\n'
    this.#flush()
    closeSync(this.#file)
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending)
    this.#pending = ''
    this.#writing(() => {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#file, bytes, written)
    })
  }

  #writing<T>(write: () => T): T {
    try {
      return write()
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      throw new UsageError(`the session cannot be recorded in ${this.path} (${code}); give another file with --record`)
    }
  }
}

/** What the format asks for and is not known here. Source: HAR 1.2. */
const UNKNOWN = { cookies: [], headersSize: -1, bodySize: -1 }

function entryOf({ method, url, requestHeaders, status, responseHeaders, responseBody, window }: TimedExchange) {
  const { earliestMs: sentMs, latestMs: answeredMs } = window
  const time = answeredMs - sentMs
  const queryString = [...(URL.parse(url)?.searchParams ?? [])].map(([name, value]) => ({ name, value }))
  const mimeType = responseHeaders['content-type'] ?? ''
  return {
    startedDateTime: new Date(sentMs).toISOString(),
    time,
    _exactTimes: { sentMs, answeredMs },
    request: { method, url, httpVersion: 'HTTP/1.1', headers: pairs(requestHeaders ?? {}), queryString, ...UNKNOWN },
    response: {
      status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      headers: pairs(responseHeaders),
      content: { size: responseBody.length, mimeType, text: responseBody },
      redirectURL: '',
      ...UNKNOWN,
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
  }
}

function pairs(
  headers: Readonly<Record<string, string>>,
): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }))
}
