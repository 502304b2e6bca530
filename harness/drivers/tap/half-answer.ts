import { STATUS_CODES } from 'node:http'
import type { ReceivedAnswer } from '../sending.ts'
import { answerHeaders } from './upstream.ts'

/**
 * The first half of an answer, as bytes: of one that has a body the head and half of the body, else half of the headers, without
 * the empty line that ends them. Source: RFC 9112, section 2.1.
 */
export function halfOf({ status, headers, bytes }: ReceivedAnswer, method: string): Buffer {
  const hasBody = bytes.length > 0 && method !== 'HEAD'
  // Without a length the end of the connection would be the end of the body.
  const all = { ...answerHeaders(headers), ...(hasBody ? { 'content-length': String(bytes.length) } : {}) }
  const lines = Object.entries(all).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => `${name}: ${each}\r\n`),
  )
  const start = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`
  if (!hasBody) return Buffer.from(start + lines.slice(0, Math.ceil(lines.length / 2)).join(''), 'latin1')
  return Buffer.concat([Buffer.from(`${start}${lines.join('')}\r\n`, 'latin1'), bytes.subarray(0, bytes.length / 2)])
}
