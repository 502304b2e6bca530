import { LEASE_ACTIONS } from '../../operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../../resource.ts'
import type { Era } from '../../service-version.ts'
import { doc, open } from '../evidence.ts'
import { refusedIfLookedAt, UNKNOWN_HEADER } from '../headers/header-faults.ts'
import { leasePage } from '../kind-evidence.ts'
import { perhaps, type Rule, refusal, rulesOf } from '../rule.ts'
import { isLeaseClass } from '../use-classes.ts'
import { GIVEN } from '../vocabulary.ts'
import { before, changedIn, from } from './eras.ts'
import { oldBlobRules } from './old-blob-rules.ts'
import { withHeadersOfTheirVersions } from './version-headers.ts'

/** Since when a kind of resource can be leased; blobs could from the first version that we know. */
const LEASED_FROM: Readonly<Partial<Record<ResourceKind, Era>>> = {
  container: '2012-02-12',
  share: '2020-02-10',
  'share-snapshot': '2020-02-10',
  file: '2019-02-02',
}

/**
 * The rules as they hold in every version of the service. Those given are of the newest; what was different before stands
 * beside them. Only the layers in which something was different look at the version.
 */
export function inEveryVersion(rules: readonly Rule[]): readonly Rule[] {
  return RESOURCE_KINDS.flatMap((kind) => {
    const newest = rules.filter((rule) => rule.kind === kind).map(withHeadersOfTheirVersions)
    const first = LEASED_FROM[kind]
    if (first !== undefined) return [noLeaseBefore(kind, first), ...newest.flatMap((rule) => noIdBefore(first, rule))]
    return kind === 'blob' ? oldBlobRules(newest) : newest
  })
}

function noLeaseBefore(kind: ResourceKind, first: Era): Rule {
  const rule = rulesOf(kind, 'syntax', 'version')
  const refused = refusal(
    open([400, 404], doc(leasePage(kind), `from version ${first} on`)),
    open([...UNKNOWN_HEADER, 'InvalidQueryParameterValue', 'UnsupportedQueryParameter', 'ResourceNotFound']),
  )
  return before(first, rule('lease-operation', LEASE_ACTIONS, {}, refused))
}

/** Before a kind could be leased nobody knows whether an id was refused or ignored; where it was let through it meant nothing. */
function noIdBefore(first: Era, rule: Rule): readonly Rule[] {
  if (rule.layer === 'syntax' && rule.classes.every(isLeaseClass)) return [from(first, rule)]
  const unknownHeader = refusedIfLookedAt(`the header came with version ${first}`)
  switch (rule.id) {
    case `${rule.kind}.syntax.use.malformed-id`:
      return changedIn(first, rule, { expect: [unknownHeader] })
    case `${rule.kind}.syntax.use.ok`:
      return [
        from(first, rule),
        before(first, { ...rule, id: `${rule.kind}.version.use.no-id`, when: { leaseId: ['none'] } }),
        before(
          first,
          perhaps('whatever follows', {
            ...rule,
            id: `${rule.kind}.version.use.with-id`,
            when: { leaseId: GIVEN },
            expect: [unknownHeader],
          }),
        ),
      ]
    default:
      return missesALease(rule) ? changedIn(first, rule, { expect: [] }) : [rule]
  }
}

/** Whether a rule refuses an id because there is no lease. */
function missesALease({ layer, classes, when: { state, leaseId }, expect }: Rule): boolean {
  return (
    (layer === 'existence' || layer === 'lease') &&
    !classes.some(isLeaseClass) &&
    expect.length > 0 &&
    leaseId !== undefined &&
    !leaseId.includes('none') &&
    (state === undefined || state.includes('available'))
  )
}
