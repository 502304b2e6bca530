import { textOfBase64 } from './decoded-text.ts'
import { field } from './plain-data.ts'
import type { RecordedEntry } from './recorded-entry.ts'
import { recordedHeaders } from './recorded-headers.ts'
import { canBeText, recordedText } from './recorded-text.ts'

/** An entry of an HTTP archive. A status of 0 stands for no answer. Source: HAR 1.2 and what browsers write. */
export function harEntry(entry: unknown): RecordedEntry {
  const request = field(entry, 'request')
  const response = field(entry, 'response')
  const started = field(entry, 'startedDateTime')
  const responseHeaders = recordedHeaders(field(response, 'headers'))
  return {
    method: field(request, 'method'),
    url: field(request, 'url'),
    requestHeaders: recordedHeaders(field(request, 'headers')),
    requestBody: () => contentText(field(request, 'postData')),
    status: field(response, 'status'),
    responseHeaders,
    responseBody: canBeText(responseHeaders?.['content-type']) ? contentText(field(response, 'content')) : '',
    ...(typeof started === 'string' ? { sentMs: Date.parse(started) } : {}),
    ...exactTimes(field(entry, '_exactTimes')),
  }
}

/** What `leasecheck proxy` adds: the other times of an archive are rounded, and may be those of a browser's queue. */
function exactTimes(times: unknown): Pick<RecordedEntry, 'window'> {
  const [earliestMs, latestMs] = [field(times, 'sentMs'), field(times, 'answeredMs')]
  if (typeof earliestMs !== 'number' || typeof latestMs !== 'number') return {}
  return { window: { earliestMs, latestMs } }
}

function contentText(content: unknown): string {
  const text = recordedText(field(content, 'text'))
  return field(content, 'encoding') === 'base64' ? textOfBase64(text) : text
}
