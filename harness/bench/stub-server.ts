/**
 * A server that knows the answers: in a process of its own, it gives each request the next recorded answer of its scenario.
 * What it costs the harness to talk to it is the cost of the harness, and next to nothing else.
 *
 * Started with the name of a file of recorded exchanges; it prints its port. POST /again begins every scenario anew.
 */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CLOCK_HEADER, NOW_HEADER } from '../clock/headers.ts'
import { type RecordedExchange, scenarioOf } from './recorded-exchange.ts'

/** Headers that the HTTP server sets by itself, or that are told per request. */
const OWN_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date', CLOCK_HEADER])

interface Canned {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: string
}

const answers = new Map<number, Canned[]>()
for (const exchange of JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as RecordedExchange[]) {
  const canned = answers.get(exchange.scenario) ?? []
  answers.set(exchange.scenario, canned)
  canned.push(cannedOf(exchange))
}
const next = new Map<number, number>()

const server = createServer(respond).listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
process.once('disconnect', () => process.exit())

function respond(request: IncomingMessage, response: ServerResponse): void {
  request.resume()
  const scenario = scenarioOf(request.url!)
  if (scenario === undefined) {
    next.clear()
    response.end()
    return
  }
  const place = next.get(scenario) ?? 0
  next.set(scenario, place + 1)
  const canned = answers.get(scenario)?.[place]
  if (canned === undefined) throw new Error(`scenario ${scenario} asks once more than was recorded: ${request.url}`)
  const instant = request.headers[NOW_HEADER]
  const clock = instant === undefined ? [] : [CLOCK_HEADER, String(instant)]
  response.writeHead(canned.status, [...canned.headers, ...clock])
  response.end(request.method === 'HEAD' ? undefined : canned.body)
}

function cannedOf({ status, answerHeaders, answerBody }: RecordedExchange): Canned {
  const headers: string[] = []
  for (let i = 0; i < answerHeaders.length; i += 2) {
    if (!OWN_HEADERS.has(answerHeaders[i]!.toLowerCase())) headers.push(answerHeaders[i]!, answerHeaders[i + 1]!)
  }
  headers.push('content-length', String(Buffer.byteLength(answerBody)))
  return { status, headers, body: answerBody }
}
