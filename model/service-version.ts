/** A version of the service as `x-ms-version` names it: a date such as 2023-11-03. Texts of dates compare like dates. */
export type ServiceVersion = string

/** The version that is asked for unless another one is. */
export const NEWEST_VERSION: ServiceVersion = '2023-11-03'

/**
 * Eras of the service: from each of these versions on leases behave otherwise than before. Sources: Lease Blob, Lease
 * Container, Lease Share, Lease File, Version 2012-02-12, Status and error codes.
 *
 * - 2012-02-12: containers can be leased; durations, changes, proposed ids, break periods
 * - 2013-08-15: lease operations answer an ETag and leave that of a container alone; an id on a missing blob is refused
 * - 2017-07-29: errors carry `x-ms-error-code`
 * - 2019-02-02: files can be leased
 * - 2020-02-10: shares can be leased
 */
export const ERAS = ['before 2012-02-12', '2012-02-12', '2013-08-15', '2017-07-29', '2019-02-02', '2020-02-10'] as const
export type Era = (typeof ERAS)[number]

export function eraOf(version: ServiceVersion): Era {
  if (version >= '2020-02-10') return '2020-02-10'
  return ERAS.findLast((era) => era <= version) ?? 'before 2012-02-12'
}
