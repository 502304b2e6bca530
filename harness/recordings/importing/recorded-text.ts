import { textOfBase64 } from './decoded-text.ts'
import { field, isObject } from './plain-data.ts'

/** How bytes that are no text stand in a recording: VCR writes this itself, and YAML's `!!binary` is read into it. */
export interface Base64Text {
  readonly base64_string: string
}

/**
 * The text that a recorder wrote as a string, as a list of strings, as bytes or as an object with one of these in it, like
 * `{string: ...}` and what Python objects leave behind; empty if there is none.
 */
export function recordedText(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map(recordedText).join('')
  if (!isObject(value)) return ''
  const base64 = field(value, 'base64_string')
  if (base64 !== undefined) return textOfBase64(recordedText(base64))
  return recordedText(field(value, 'string'))
}

/** Content that may be large and that nobody needs as text. */
const NO_TEXT = /octet-stream|image|video|audio|zip|avro/

/** Whether a body of this content type can be text; one of an unknown type can. */
export function canBeText(contentType: string | undefined): boolean {
  return contentType === undefined || !NO_TEXT.test(contentType)
}
