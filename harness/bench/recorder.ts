import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { DiagnosticsChannel } from 'undici'
import { type RecordedExchange, scenarioOf } from './recorded-exchange.ts'

/** What the HTTP client's own request object holds, of which its types name a part. */
interface SeenRequest {
  readonly origin: string
  readonly method: RecordedExchange['method']
  readonly path: string
  readonly headers: readonly string[]
  readonly body: Buffer | null
}

type Draft = { -readonly [K in keyof RecordedExchange]: RecordedExchange[K] }

/**
 * Records what goes over the wire while `act` runs, with nothing put between harness and server: the HTTP client publishes
 * its requests and answers. Exchanges stand in the order of sending. Source: undici, docs/api/DiagnosticsChannel.md.
 */
export async function recorded(act: () => Promise<unknown>): Promise<readonly RecordedExchange[]> {
  const drafts = new Map<object, Draft>()
  const created = (message: unknown) => {
    const { request } = message as { readonly request: SeenRequest }
    const scenario = scenarioOf(request.path)
    if (scenario !== undefined) drafts.set(request, draftOf(request, scenario))
  }
  const answered = (message: unknown) => {
    const { request, response } = message as DiagnosticsChannel.RequestHeadersMessage
    const draft = drafts.get(request)
    if (draft === undefined) return
    draft.status = response.statusCode
    draft.answerHeaders = (response.headers as readonly Buffer[]).map((each) => each.toString('latin1'))
  }
  const received = (message: unknown) => {
    const { request, chunk } = message as DiagnosticsChannel.RequestBodyChunkReceivedMessage
    const draft = drafts.get(request)
    if (draft !== undefined) draft.answerBody += chunk.toString('utf8')
  }
  const channels = [
    ['undici:request:create', created],
    ['undici:request:headers', answered],
    ['undici:request:bodyChunkReceived', received],
  ] as const
  for (const [name, listener] of channels) subscribe(name, listener)
  try {
    await act()
  } finally {
    for (const [name, listener] of channels) unsubscribe(name, listener)
  }
  return [...drafts.values()]
}

function draftOf({ origin, method, path, headers, body }: SeenRequest, scenario: number): Draft {
  return {
    scenario,
    origin,
    method,
    path,
    headers: [...headers],
    body: body === null ? '' : body.toString('utf8'),
    status: 0,
    answerHeaders: [],
    answerBody: '',
  }
}
