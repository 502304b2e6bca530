import { type Condition, conditionOf, isMet } from '../../model/condition.ts'
import type { Resource } from '../../model/resource.ts'
import { invalidHeader, type Refusal, refusal } from './answer.ts'
import type { StorageRequest } from './request.ts'
import { isTagged, type Tags } from './tag-expression.ts'

const DATES = ['if-modified-since', 'if-unmodified-since'] as const
const TAGS = ['if-match', 'if-none-match'] as const

/**
 * The one condition that a request puts on a resource. Where it carries several, all have to hold, so one that does not
 * speaks for them; an ETag decides over the date that is sent along with it. Source: "Specifying conditional headers for
 * Blob service operations".
 */
export function readCondition(
  request: StorageRequest,
  resource: Resource,
  tags: Tags,
  prefix: '' | 'x-ms-source-' = '',
): Condition | undefined | Refusal {
  const { headers } = request
  let conditions: Condition[] | undefined
  for (const header of [...TAGS, ...DATES] as const) {
    const value = headers[prefix + header]
    if (value === undefined) continue
    const isDate = header === 'if-modified-since' || header === 'if-unmodified-since'
    if (isDate && Number.isNaN(Date.parse(value))) return invalidHeader(prefix + header, value)
    conditions ??= []
    conditions.push({ header, value: isDate ? value : quoted(value) })
  }
  const expression = headers[prefix === '' ? 'x-ms-if-tags' : 'x-ms-source-if-tags']
  if (expression === undefined && conditions === undefined) return undefined
  const all = deciding(conditions ?? [])
  if (expression !== undefined) {
    const tagged = isTagged(expression, tags)
    if (tagged === undefined) return invalidHeader('x-ms-if-tags', expression)
    all.push(conditionOf(tagged ? 'x-ms-if-tags:met' : 'x-ms-if-tags:unmet', undefined))
  }
  if (all.length > 1 && request.method !== 'GET' && request.method !== 'HEAD' && expression === undefined) {
    return refusal(400, 'MultipleConditionHeadersNotSupported')
  }
  return all.find((condition) => isMet(condition, resource) !== true) ?? all[0]
}

/** A date counts only where the ETag does not decide already. */
function deciding(conditions: readonly Condition[]): Condition[] {
  const has = (name: Condition['header']) => conditions.some(({ header }) => header === name)
  return conditions.filter(
    ({ header }) =>
      !(header === 'if-modified-since' && has('if-none-match')) &&
      !(header === 'if-unmodified-since' && has('if-match')),
  )
}

function quoted(etag: string): string {
  return etag === '*' || etag.startsWith('"') || etag.startsWith('W/') ? etag : `"${etag}"`
}
