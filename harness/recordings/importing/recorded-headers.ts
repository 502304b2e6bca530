import { field, isObject } from './plain-data.ts'
import type { RecordedHeaders } from './recorded-exchange.ts'
import { recordedText } from './recorded-text.ts'

/**
 * Headers as recorders write them: an object with a text or a list of texts for each name, or a list of `{ name, value }`.
 * Undefined if there are none: every request has some, so then none were recorded.
 */
export function recordedHeaders(value: unknown): RecordedHeaders | undefined {
  const headers: Record<string, string> = {}
  if (Array.isArray(value)) {
    for (const each of value) add(headers, recordedText(field(each, 'name')), field(each, 'value'))
  } else if (isObject(value)) {
    for (const name of Object.keys(value)) add(headers, name, value[name])
  }
  for (const _ in headers) return headers
  return undefined
}

function add(headers: Record<string, string>, name: string, value: unknown): void {
  if (name === '') return
  const lower = name.toLowerCase()
  const text = Array.isArray(value) ? value.map(recordedText).join(', ') : recordedText(value)
  const before: unknown = headers[lower]
  headers[lower] = typeof before === 'string' ? `${before}, ${text}` : text
}
