import { textOfBase64 } from './decoded-text.ts'
import { field, isObject, type PlainObject } from './plain-data.ts'
import type { RecordedEntry } from './recorded-entry.ts'
import type { RecordedHeaders } from './recorded-exchange.ts'
import { recordedHeaders } from './recorded-headers.ts'
import { canBeText, recordedText } from './recorded-text.ts'

/**
 * An entry of the Azure SDKs' test proxy. Text is a string or a list of lines, JSON is an object, and what has no textual content
 * type is base64. Source: Azure/azure-sdk-tools, Azure.Sdk.Tools.TestProxy, RecordEntry.
 */
export function testProxyEntry(entry: unknown): RecordedEntry {
  const responseHeaders = recordedHeaders(field(entry, 'ResponseHeaders'))
  const requestHeaders = recordedHeaders(field(entry, 'RequestHeaders'))
  return {
    method: field(entry, 'RequestMethod'),
    url: field(entry, 'RequestUri'),
    requestHeaders,
    requestBody: () => bodyText(field(entry, 'RequestBody'), requestHeaders),
    status: field(entry, 'StatusCode'),
    responseHeaders,
    responseBody: bodyText(field(entry, 'ResponseBody'), responseHeaders),
  }
}

function bodyText(body: unknown, headers: RecordedHeaders | undefined): string {
  if (body === null || body === undefined || body === '') return ''
  const type = headers?.['content-type']
  if (!canBeText(type)) return ''
  if (isObject(body)) return JSON.stringify(body as PlainObject)
  return typeof body === 'string' && mayBeBase64(body, type) ? textOfBase64(body) || body : recordedText(body)
}

/** XML and JSON are never written as base64; multipart bodies are, and those of an unknown type. */
function mayBeBase64(body: string, type: string | undefined): boolean {
  const isPlain = type !== undefined && /xml|json|text/.test(type)
  return !isPlain && body.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(body)
}
