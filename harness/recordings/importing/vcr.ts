import { field, isObject } from './plain-data.ts'
import type { RecordedEntry } from './recorded-entry.ts'
import type { RecordedHeaders } from './recorded-exchange.ts'
import { recordedHeaders } from './recorded-headers.ts'
import { canBeText, recordedText } from './recorded-text.ts'

/** The interactions of a cassette, by vcrpy, go-vcr or VCR for Ruby; undefined if it is none. */
export function vcrInteractions(cassette: unknown): readonly unknown[] | undefined {
  const interactions = field(cassette, 'interactions') ?? field(cassette, 'http_interactions')
  return Array.isArray(interactions) ? interactions : undefined
}

/** Of one interaction; the libraries and their versions put URL, status and body in different places. */
export function vcrEntry(interaction: unknown): RecordedEntry {
  const request = field(interaction, 'request')
  const response = field(interaction, 'response')
  const responseHeaders = recordedHeaders(field(response, 'headers'))
  return {
    method: field(request, 'method'),
    url: field(request, 'uri') ?? field(request, 'url'),
    requestHeaders: recordedHeaders(field(request, 'headers')),
    requestBody: () => recordedText(field(request, 'body')),
    status: statusIn(response),
    responseHeaders,
    responseBody: bodyText(field(response, 'body') ?? field(response, 'content'), responseHeaders),
  }
}

/** Of vcrpy and Ruby `status: { code }`, of go-vcr `code`, of vcrpy's httpx `status_code`. */
function statusIn(response: unknown): unknown {
  const status = field(response, 'status')
  return isObject(status) ? field(status, 'code') : (field(response, 'code') ?? field(response, 'status_code'))
}

function bodyText(body: unknown, headers: RecordedHeaders | undefined): string {
  if (body === null || body === undefined) return ''
  return canBeText(headers?.['content-type']) ? recordedText(body) : ''
}
