import { field, isObject } from './plain-data.ts'
import type { RecordedEntry } from './recorded-entry.ts'
import { recordedHeaders } from './recorded-headers.ts'
import { recordedText } from './recorded-text.ts'

/**
 * A record of `networkCallRecords`, by the SDKs for Java and C++. Of the request's headers only a few were kept, so nobody knows
 * what was sent; those of the answer stand beside its status and body. Source: Azure/azure-sdk-for-java, NetworkCallRecord.
 */
export function networkCallEntry(record: unknown): RecordedEntry {
  const response = field(record, 'Response')
  const { StatusCode, STATUS_CODE, Body, BODY, ...headers } = isObject(response) ? response : {}
  return {
    method: field(record, 'Method'),
    url: field(record, 'Uri') ?? field(record, 'Url'),
    requestHeaders: undefined,
    requestBody: () => '',
    status: StatusCode ?? STATUS_CODE,
    responseHeaders: recordedHeaders(headers),
    responseBody: recordedText(Body ?? BODY),
  }
}

/** One of the `recordings` that the SDK for JavaScript made in browsers: the query apart, and no request headers. */
export function browserEntry(recording: unknown): RecordedEntry {
  const query = field(recording, 'query')
  const url = field(recording, 'url')
  const pairs = isObject(query)
    ? Object.entries(query).map(([name, value]) => [name, recordedText(value)] as [string, string])
    : []
  return {
    method: field(recording, 'method'),
    url: pairs.length === 0 ? url : `${recordedText(url)}?${new URLSearchParams(pairs)}`,
    requestHeaders: undefined,
    requestBody: () => recordedText(field(recording, 'requestBody')),
    status: field(recording, 'status'),
    responseHeaders: recordedHeaders(field(recording, 'responseHeaders')),
    responseBody: recordedText(field(recording, 'response')),
  }
}
