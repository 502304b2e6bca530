/** For tests: sends what nobody sends on purpose. */
import { connect } from 'node:net'
import { Client, Pool } from 'undici'
import { canonicalQuery, sharedKeySigner } from '../../drivers/shared-key.ts'
import type { Endpoint } from '../../targets/target.ts'
import { keyOf } from '../../targets/testing/key-of.ts'
import { type OddRequest, queryText } from './garbage.ts'

export interface Exchanged {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** Sends odd requests, unauthorised or with the account's valid signature over whatever they say. */
export class OddSender {
  readonly #pool: Pool
  readonly #base: string
  readonly #sign: ReturnType<typeof sharedKeySigner>

  constructor(url: string, endpoint: Endpoint, connections: number) {
    const { origin, pathname } = new URL(url)
    this.#pool = new Pool(origin, {
      connections,
      factory: (to, options) => new Client(to, { ...options, pipelining: 1 }),
    })
    this.#base = pathname
    this.#sign = sharedKeySigner(endpoint.account, keyOf(endpoint))
  }

  /** The answer, which the client has found to be well-formed. */
  async exchange({ method, path, query, headers, body }: OddRequest, isSigned: boolean): Promise<Exchanged> {
    const dated = headers.some(([name]) => name === 'x-ms-date') ? [] : ['x-ms-date', new Date().toUTCString()]
    const own = [...headers.filter(([name]) => name !== 'expect').flat(), ...dated]
    const fullPath = `${this.#base}/${path}`
    const signedPath = fullPath.split('?')[0]!
    const contentLength = Buffer.byteLength(body)
    const covered = { method, path: signedPath, query: canonicalQuery(query), contentLength, headers: own }
    const authorization = isSigned ? ['authorization', this.#sign(covered)] : []
    const answer = await this.#pool.request({
      method: method as never,
      path: fullPath + queryText(query),
      headers: [...own, ...authorization],
      body: body === '' ? null : body,
    })
    return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() }
  }

  close(): Promise<void> {
    return this.#pool.close()
  }
}

/**
 * Writes bytes to a fresh connection and gives what comes back until the server closes it. `halfClose` says that nothing
 * more will come; otherwise the server has to lose its patience by itself.
 */
export function exchangeBytes(port: number, bytes: Buffer, halfClose: boolean, limitMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    let received = ''
    const limit = setTimeout(() => {
      socket.destroy()
      reject(new Error(`no end after ${limitMs} ms: ${JSON.stringify(bytes.toString('latin1'))}`))
    }, limitMs)
    const finish = () => {
      clearTimeout(limit)
      socket.destroy()
      resolve(received)
    }
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      received += text
      // An answer has come, and the connection may be kept for more: that is an end too.
      if (!halfClose) finish()
    })
    socket.on('end', finish)
    socket.on('error', finish)
    socket.on('connect', () => {
      socket.write(bytes)
      if (halfClose) socket.end()
    })
  })
}

/** Whether what came back over a socket is nothing, or begins with an answer of HTTP; none of them may be a fault of the server. */
export function isWellFormed(received: string): boolean {
  if (received === '') return true
  const statuses = [...received.matchAll(/HTTP\/1\.1 ([0-9]{3}) [A-Za-z -]+\r\n/g)].map(([, status]) => Number(status))
  return received.startsWith('HTTP/1.1 ') && statuses.length > 0 && statuses.every((status) => status < 500)
}
