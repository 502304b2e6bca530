import type { OperationClass } from '../../operation.ts'
import type { ResourceKind } from '../../resource.ts'
import type { ServiceVersion } from '../../service-version.ts'
import { claim, doc } from '../evidence.ts'
import { leasePage } from '../kind-evidence.ts'
import { type HeaderClaim, header, type Rule } from '../rule.ts'
import type { SourceKey } from '../sources.ts'
import { isLeaseClass } from '../use-classes.ts'

/** From this version on a lease operation answers an ETag, and leaves that of a container alone. */
const TAGS_FROM: ServiceVersion = '2013-08-15'
const REPORT = ['x-ms-lease-state', 'x-ms-lease-status', 'x-ms-lease-duration'] as const

/** Since when a read reports the lease. Of a blob the status was reported from the beginning. */
const REPORTED: Readonly<Partial<Record<ResourceKind, { readonly from: ServiceVersion; readonly page: SourceKey }>>> = {
  blob: { from: '2012-02-12', page: 'get-blob-properties' },
  container: { from: '2012-02-12', page: 'lease-container' },
  share: { from: '2020-02-10', page: 'lease-share' },
  'share-snapshot': { from: '2020-02-10', page: 'lease-share' },
  file: { from: '2019-02-02', page: 'lease-file' },
}

/** The rule with its claims about headers limited to the versions that they hold for. */
export function withHeadersOfTheirVersions(rule: Rule): Rule {
  if (rule.expect.every(({ headers }) => headers.length === 0)) return rule
  const expect = rule.expect.map((outcome) => ({
    ...outcome,
    headers: outcome.headers.flatMap((each) => limited(rule, each)),
  }))
  return { ...rule, expect }
}

function limited({ kind, classes }: Rule, claimed: HeaderClaim): readonly HeaderClaim[] {
  if (isTag(claimed) && claimed.values.includes('unchanged')) return limitedTag(kind, classes, claimed)
  if (isReport(claimed)) return limitedReport(kind, claimed)
  return [claimed]
}

function isTag({ header: name }: HeaderClaim): boolean {
  return name === 'etag' || name === 'last-modified'
}

function isReport({ header: name, values }: HeaderClaim): boolean {
  return REPORT.some((each) => each === name) && !values.includes('absent')
}

/**
 * Lease Blob answered no ETag, and Lease Container neither of the two but changed both; what a read of a container then shows
 * follows from requests that do not show it, so nothing is claimed.
 */
function limitedTag(
  kind: ResourceKind,
  classes: readonly OperationClass[],
  claimed: HeaderClaim,
): readonly HeaderClaim[] {
  const ofLease = classes.every(isLeaseClass)
  if (kind === 'container') return ofLease ? [since(claimed), absentBefore(kind, claimed)] : [since(claimed)]
  return kind === 'blob' && ofLease && claimed.header === 'etag'
    ? [since(claimed), absentBefore(kind, claimed)]
    : [claimed]
}

function since(claimed: HeaderClaim): HeaderClaim {
  return { ...claimed, from: TAGS_FROM }
}

function absentBefore(kind: ResourceKind, { header: name }: HeaderClaim): HeaderClaim {
  return header(name, claim('absent', doc(leasePage(kind), 'from version 2013-08-15 on')), { before: TAGS_FROM })
}

function limitedReport(kind: ResourceKind, claimed: HeaderClaim): readonly HeaderClaim[] {
  const reported = REPORTED[kind]
  if (reported === undefined || (kind === 'blob' && claimed.header === 'x-ms-lease-status')) return [claimed]
  const { from, page } = reported
  const later: HeaderClaim = { ...claimed, from }
  if (kind !== 'blob' && kind !== 'container') return [later]
  return [later, header(claimed.header, claim('absent', doc(page, `from version ${from} on`)), { before: from })]
}
