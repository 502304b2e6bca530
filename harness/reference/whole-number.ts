import { invalidHeader, type Refusal } from './answer.ts'
import type { StorageRequest } from './request.ts'

/** Reads a header that holds a whole number which is not negative; undefined if it was not sent. */
export function numberHeader({ headers }: StorageRequest, name: string): number | undefined | Refusal {
  const text = headers[name]
  if (text === undefined) return undefined
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : invalidHeader(name, text)
}
