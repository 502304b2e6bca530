import type { RecordedExchange, RecordedHeaders } from './recorded-exchange.ts'

/** Whether an exchange carries several requests in its body. Source: REST reference, Blob Batch. */
export function isBatch({ method, url }: RecordedExchange): boolean {
  return method === 'POST' && /[?&]comp=batch(?:&|$)/.test(url)
}

/** One part of a multipart body: a request or an answer, written as HTTP. */
interface Part {
  readonly id: string | undefined
  readonly startLine: string
  readonly headers: RecordedHeaders
  readonly body: string
}

/**
 * The requests in a batch with their answers, as exchanges of their own; a request without an answer is left out. The batch
 * stays as it is where its bodies were not recorded or the service refused it as a whole.
 */
export function expandedBatch(batch: RecordedExchange, requestBody: string): readonly RecordedExchange[] {
  const asked = partsIn(requestBody)
  const answered = partsIn(batch.responseBody)
  // A single answer without a number refuses the whole batch; otherwise nothing is left but their order.
  const byOrder = answered.length === asked.length && answered.every(({ id }) => id === undefined) ? answered : []
  const exchanges = asked.flatMap((request, index) => {
    const answer = answered.find(({ id }) => id !== undefined && id === request.id) ?? byOrder[index]
    return answer === undefined ? [] : partExchange(batch, index, request, answer)
  })
  return exchanges.length === 0 ? [batch] : exchanges
}

function partExchange(
  batch: RecordedExchange,
  index: number,
  request: Part,
  answer: Part,
): readonly RecordedExchange[] {
  const [, method, target] = /^([A-Z]+) (\S+)/.exec(request.startLine) ?? []
  const status = Number(/^HTTP\/\S+ ([1-5][0-9]{2})\b/.exec(answer.startLine)?.[1] ?? Number.NaN)
  if (method === undefined || target === undefined || Number.isNaN(status)) return []
  const { requestHeaders, responseHeaders } = batch
  return [
    {
      ...batch,
      place: `${batch.place}.${index}`,
      method,
      url: target.startsWith('/') ? `${/^[^/]*\/\/[^/?#]*/.exec(batch.url)![0]}${target}` : target,
      requestHeaders: { ...only(requestHeaders, 'x-ms-version'), ...request.headers },
      status,
      responseHeaders: {
        ...only(responseHeaders, 'date'),
        ...only(responseHeaders, 'x-ms-version'),
        ...answer.headers,
      },
      responseBody: answer.body,
    },
  ]
}

/** What the parts of a batch share with it. */
function only(headers: RecordedHeaders | undefined, name: string): RecordedHeaders {
  const value = headers?.[name]
  return value === undefined ? {} : { [name]: value }
}

/** The boundary is taken from the body: the header that names it is often sanitized. Recorders may change line ends. */
function partsIn(body: string): readonly Part[] {
  const boundary = /^--[^\r\n]*[^\r\n\s]/m.exec(body)?.[0]
  if (boundary === undefined) return []
  const parts = body.replaceAll('\r\n', '\n').split(boundary).slice(1)
  return parts.filter((part) => !part.startsWith('--')).map(partOf)
}

function partOf(text: string): Part {
  const [outer, http] = headAndBody(text.trimStart())
  const [head, body] = headAndBody(http.trimStart())
  const [startLine = '', ...lines] = head.split('\n')
  return { id: headersIn(outer.split('\n'))['content-id'], startLine, headers: headersIn(lines), body: body.trimEnd() }
}

function headAndBody(text: string): readonly [string, string] {
  const end = text.search(/\n[ \t]*\n/)
  return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end).trimStart()]
}

function headersIn(lines: readonly string[]): RecordedHeaders {
  const pairs = lines.flatMap((line) => {
    const [, name, value] = /^([^:\s]+):\s*(.*?)\s*$/.exec(line) ?? []
    return name === undefined ? [] : [[name.toLowerCase(), value!] as const]
  })
  return Object.fromEntries(pairs)
}
