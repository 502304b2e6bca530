import { dump } from 'js-yaml'
import type { RecordedExchange, RecordedHeaders } from '../recorded-exchange.ts'

/** Writes exchanges as a recorder of each format does. Headers have one value each. */
export const WRITERS = {
  'test proxy': (exchanges) => JSON.stringify({ Entries: exchanges.map((each) => testProxy(each, lines)) }, null, 2),
  'test proxy, header lists and plain bodies': (exchanges) =>
    `\ufeff${JSON.stringify({ Entries: exchanges.map((each) => testProxy(each, (text) => text, lists)), Variables: {} })}`,
  'test proxy, base64': (exchanges) =>
    JSON.stringify({ Entries: exchanges.map((each) => testProxy(withoutType(each), base64)) }),
  vcrpy: (exchanges) => asYaml({ interactions: exchanges.map((each) => vcrpy(each, string)), version: 1 }),
  'vcrpy, base64': (exchanges) => asYaml({ interactions: exchanges.map((each) => vcrpy(each, base64String)) }),
  'vcrpy, bytes': (exchanges) => asYaml({ interactions: exchanges.map((each) => vcrpy(each, bytes)) }),
  'vcrpy, in flow style': (exchanges) =>
    dump({ interactions: exchanges.map((each) => vcrpy(each, string)) }, { flowLevel: 3 } as object),
  'vcrpy, JSON': (exchanges) =>
    JSON.stringify({ version: 1, interactions: exchanges.map((each) => vcrpy(each, string)) }),
  'go-vcr': (exchanges) => `---\n${asYaml({ version: 1, interactions: exchanges.map(goVcr) })}`,
  'Ruby VCR': (exchanges) => asYaml({ http_interactions: exchanges.map(rubyVcr), recorded_with: 'VCR 6.0.0' }),
  HAR: (exchanges) => JSON.stringify({ log: { version: '1.2', entries: exchanges.map((each) => har(each, false)) } }),
  'HAR, base64': (exchanges) => JSON.stringify({ log: { entries: exchanges.map((each) => har(each, true)) } }),
} satisfies Readonly<Record<string, (exchanges: readonly RecordedExchange[]) => string>>

function asYaml(cassette: unknown): string {
  return dump(cassette, { seqNoIndent: true })
}

function testProxy(exchange: RecordedExchange, body: (text: string) => unknown, headers = plain): unknown {
  return {
    RequestUri: exchange.url,
    RequestMethod: exchange.method,
    ...(exchange.requestHeaders === undefined ? {} : { RequestHeaders: headers(exchange.requestHeaders) }),
    RequestBody: null,
    StatusCode: exchange.status,
    ResponseHeaders: headers(exchange.responseHeaders),
    ResponseBody: exchange.responseBody === '' ? null : body(exchange.responseBody),
  }
}

function plain(headers: RecordedHeaders): unknown {
  return headers
}

function lists(headers: RecordedHeaders): unknown {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [titled(name), value.split(', ')]))
}

function lines(text: string): unknown {
  return text.split(/(?<=\n)/)
}

/** The proxy writes base64 where there is no textual content type. */
export function withoutType(exchange: RecordedExchange): RecordedExchange {
  const { 'content-type': type, ...responseHeaders } = exchange.responseHeaders
  return { ...exchange, responseHeaders }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function string(text: string): unknown {
  return { string: text }
}

function base64String(text: string): unknown {
  return { base64_string: base64(text) }
}

function bytes(text: string): unknown {
  return { string: new Uint8Array(Buffer.from(text)) }
}

function vcrpy(exchange: RecordedExchange, body: (text: string) => unknown): unknown {
  return {
    request: {
      body: null,
      headers: exchange.requestHeaders === undefined ? {} : lists(exchange.requestHeaders),
      method: exchange.method,
      uri: exchange.url,
    },
    response: {
      body: body(exchange.responseBody),
      headers: lists(exchange.responseHeaders),
      status: { code: exchange.status, message: 'Whatever' },
    },
  }
}

function goVcr(exchange: RecordedExchange): unknown {
  return {
    request: {
      body: '',
      form: {},
      headers: exchange.requestHeaders === undefined ? {} : lists(exchange.requestHeaders),
      url: exchange.url,
      method: exchange.method,
    },
    response: {
      body: exchange.responseBody,
      headers: lists(exchange.responseHeaders),
      status: `${exchange.status} Whatever`,
      code: exchange.status,
      duration: '',
    },
  }
}

function rubyVcr(exchange: RecordedExchange): unknown {
  return {
    request: {
      method: exchange.method.toLowerCase(),
      uri: exchange.url,
      body: { encoding: 'UTF-8', string: '' },
      headers: lists(exchange.requestHeaders ?? {}),
    },
    response: {
      status: { code: exchange.status, message: 'Whatever' },
      headers: lists(exchange.responseHeaders),
      body: { encoding: 'UTF-8', string: exchange.responseBody },
    },
    recorded_at: 'Wed, 01 Apr 2020 10:00:00 GMT',
  }
}

function har(exchange: RecordedExchange, isBase64: boolean): unknown {
  const { responseBody: text } = exchange
  return {
    startedDateTime: exchange.sentMs === undefined ? '' : new Date(exchange.sentMs).toISOString(),
    request: { method: exchange.method, url: exchange.url, headers: pairs(exchange.requestHeaders ?? {}) },
    response: {
      status: exchange.status,
      headers: pairs(exchange.responseHeaders),
      content: isBase64 ? { text: base64(text), encoding: 'base64' } : { text },
    },
  }
}

function pairs(headers: RecordedHeaders): unknown {
  return Object.entries(headers).map(([name, value]) => ({ name: titled(name), value }))
}

/** Go and many others write header names in this way. */
function titled(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase())
}
