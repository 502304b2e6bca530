import type { ServiceVersion } from '../../model/service-version.ts'

/** What is asked for by a request that names no version. Source: "Versioning for the Azure Storage services". */
export const OLDEST_VERSION: ServiceVersion = '2009-09-19'

/** From here on errors carry `x-ms-error-code`. Source: "Status and error codes". */
export const ERROR_CODE_HEADER_SINCE: ServiceVersion = '2017-07-29'

const KNOWN = new Map<string, boolean>()
const MOST_KNOWN = 1_000

/** Whether a text is a date that a version of the service can have; which versions came out is nobody's business here. */
export function isVersion(text: string): boolean {
  const known = KNOWN.get(text)
  if (known !== undefined) return known
  const is = /^2[0-9]{3}-[0-9]{2}-[0-9]{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && text >= '2009'
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear()
  KNOWN.set(text, is)
  return is
}
