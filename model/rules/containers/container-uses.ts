import { LEASE_ACTIONS } from '../../operation.ts'
import type { UseClass } from '../../uses.ts'
import { claim, doc, type Evidence, inferred, inPart, open, recorded, sdkTest } from '../evidence.ts'
import { spellings } from '../kind-evidence.ts'
import { type Rule, refusal, refused, rulesOf } from '../rule.ts'
import { ANOTHER, ENDED, GIVEN, HELD_ANYHOW, ID_MISSING, LOCKED, LOST, NOT_GIVEN, UNLOCKED } from '../vocabulary.ts'

const NOT_PRESENT = 'LeaseNotPresentWithContainerOperation'
const MISMATCH = 'LeaseIdMismatchWithContainerOperation'
const PAGE = doc('lease-container', 'the status')
const TESTS = sdkTest('net-v11-lease-tests')

/** The lease of a container stops its deletion and nothing else; an id that comes with another use is a condition. */
export function containerUseRules(): readonly Rule[] {
  const rule = rulesOf('container', 'lease', 'lease')
  return [
    // Lease operations are not uses: this layer has nothing to say about them.
    rule('lease-operation', LEASE_ACTIONS, {}),
    ...conditionalUses(),
    ...deletions(),
    rule('list', ['list'], {}),
    rule('make', ['make'], {}),
  ]
}

function ended(...known: readonly Evidence[]) {
  return refusal(claim(412, PAGE), open([LOST, NOT_PRESENT, MISMATCH], ...known))
}

function conditionalUses(): readonly Rule[] {
  const rule = rulesOf('container', 'lease', 'lease')
  const uses: readonly UseClass[] = ['observe', 'read', 'write']
  return [
    rule('use.no-id', uses, { leaseId: NOT_GIVEN }),
    rule(
      'use.available.with-id',
      uses,
      { state: ['available'], leaseId: GIVEN },
      refused(
        412,
        NOT_PRESENT,
        doc('blob-error-codes'),
        inPart(recorded(22, 'Get Container ACL and Set Container Metadata; Get Container Properties was not recorded')),
      ),
    ),
    ...spellings('container').map(({ suffix, ids }) =>
      rule(`use.locked.${suffix}`, uses, { state: LOCKED, leaseId: ids }),
    ),
    rule(
      'use.leased.another-id',
      uses,
      { state: ['leased'], leaseId: ANOTHER },
      refused(412, MISMATCH, recorded(23, 'the outcome table of Lease Container says 409'), TESTS),
    ),
    rule(
      'use.breaking.another-id',
      uses,
      { state: ['breaking'], leaseId: ANOTHER },
      refused(412, MISMATCH, inferred('as while leased; the outcome table of Lease Container says 409')),
    ),
    rule(
      'use.ended.held-id',
      uses,
      { state: ENDED, leaseId: HELD_ANYHOW },
      ended(inferred('Delete Container answers LeaseLost')),
    ),
    rule('use.ended.another-id', uses, { state: ENDED, leaseId: ANOTHER }, ended()),
  ]
}

function deletions(): readonly Rule[] {
  const rule = rulesOf('container', 'lease', 'lease')
  const uses: readonly UseClass[] = ['delete']
  return [
    ...spellings('container').map(({ suffix, ids }) =>
      rule(`delete.locked.${suffix}`, uses, { state: LOCKED, leaseId: ids }),
    ),
    rule('delete.unlocked.no-id', uses, { state: UNLOCKED, leaseId: NOT_GIVEN }),
    rule(
      'delete.available.with-id',
      uses,
      { state: ['available'], leaseId: GIVEN },
      refused(412, NOT_PRESENT, TESTS, doc('blob-error-codes')),
    ),
    rule(
      'delete.leased.no-id',
      uses,
      { state: ['leased'], leaseId: NOT_GIVEN },
      refused(412, ID_MISSING, recorded(76, 'the page Delete Container says 409'), TESTS),
    ),
    rule(
      'delete.breaking.no-id',
      uses,
      { state: ['breaking'], leaseId: NOT_GIVEN },
      refusal(claim(412, PAGE), claim(ID_MISSING, inferred('as while leased'))),
    ),
    rule(
      'delete.leased.another-id',
      uses,
      { state: ['leased'], leaseId: ANOTHER },
      refused(412, MISMATCH, TESTS, doc('blob-error-codes'), doc('delete-container')),
    ),
    rule(
      'delete.breaking.another-id',
      uses,
      { state: ['breaking'], leaseId: ANOTHER },
      refusal(claim(412, PAGE), claim(MISMATCH, inferred('as while leased'))),
    ),
    rule('delete.broken.held-id', uses, { state: ['broken'], leaseId: HELD_ANYHOW }, refused(412, LOST, recorded(53))),
    rule(
      'delete.expired.held-id',
      uses,
      { state: ['expired'], leaseId: HELD_ANYHOW },
      refusal(claim(412, PAGE), claim(LOST, inferred('as when broken'))),
    ),
    rule('delete.ended.another-id', uses, { state: ENDED, leaseId: ANOTHER }, ended()),
  ]
}
