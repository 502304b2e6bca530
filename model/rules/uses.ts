import { LEASE_ACTIONS, type UseClass } from '../operation.ts'
import type { ResourceKind } from '../resource.ts'
import { claim, doc, type Evidence, inferred, open, recorded, sdkTest } from './evidence.ts'
import { type Rule, refusal, refused, rulesOf } from './rule.ts'
import { ANOTHER, GIVEN, HELD_ANYHOW, spellings } from './vocabulary.ts'

const READS: readonly UseClass[] = ['observe', 'read']
const MISSING = 'LeaseIdMissing'
const LOST = 'LeaseLost'

/** Whether the lease lets a use through. Codes of containers name the container, those of blobs the blob. */
export function useRules(kind: ResourceKind): readonly Rule[] {
  return kind === 'blob' ? [...blobRules(), ...listings()] : containerRules()
}

function blobRules(): readonly Rule[] {
  const rule = rulesOf('blob', 'lease', 'lease')
  const notPresent = 'LeaseNotPresentWithBlobOperation'
  const mismatch = 'LeaseIdMismatchWithBlobOperation'
  const page = doc('lease-blob', 'the status')
  const writes: readonly UseClass[] = ['write', 'create', 'delete']
  return [
    rule('read.no-id', READS, { leaseId: ['none'] }),
    rule(
      'read.available.with-id',
      READS,
      { state: ['available'], leaseId: GIVEN },
      refused(412, notPresent, recorded(36), sdkTest('net-v11-lease-tests')),
    ),
    ...spellings('blob').flatMap(({ suffix, ids }) => [
      rule(`read.locked.${suffix}`, READS, { state: ['leased', 'breaking'], leaseId: ids }),
      rule(`write.locked.${suffix}`, writes, { state: ['leased', 'breaking'], leaseId: ids }),
    ]),
    rule(
      'read.leased.another-id',
      READS,
      { state: ['leased'], leaseId: ANOTHER },
      refused(412, mismatch, recorded(34, 'the outcome table of Lease Blob says 409'), sdkTest('net-v11-lease-tests')),
    ),
    rule(
      'read.breaking.another-id',
      READS,
      { state: ['breaking'], leaseId: ANOTHER },
      refused(
        412,
        mismatch,
        inferred('as while leased; the outcome table of Lease Blob says 409, which recordings refute for leased'),
      ),
    ),
    rule(
      'read.ended.held-id',
      READS,
      { state: ['broken', 'expired'], leaseId: HELD_ANYHOW },
      refusal(
        claim(412, page, sdkTest('cpp-v7-lease-tests')),
        open([LOST, notPresent, mismatch], inferred('writes answer LeaseLost')),
      ),
    ),
    rule(
      'read.ended.another-id',
      READS,
      { state: ['broken', 'expired'], leaseId: ANOTHER },
      refusal(claim(412, page), open([LOST, notPresent, mismatch])),
    ),

    rule('write.unlocked.no-id', writes, { state: ['available', 'broken', 'expired'], leaseId: ['none'] }),
    rule(
      'write.available.with-id',
      writes,
      { state: ['available'], leaseId: GIVEN },
      refused(412, notPresent, recorded(427)),
    ),
    rule(
      'write.leased.no-id',
      writes,
      { state: ['leased'], leaseId: ['none'] },
      refused(412, MISSING, recorded(93), sdkTest('net-v11-lease-tests')),
    ),
    rule(
      'write.breaking.no-id',
      writes,
      { state: ['breaking'], leaseId: ['none'] },
      refusal(claim(412, page), claim(MISSING, inferred('as while leased'))),
    ),
    rule(
      'write.leased.another-id',
      writes,
      { state: ['leased'], leaseId: ANOTHER },
      refused(412, mismatch, recorded(400, 'the outcome table of Lease Blob says 409'), sdkTest('net-v11-lease-tests')),
    ),
    rule(
      'write.breaking.another-id',
      writes,
      { state: ['breaking'], leaseId: ANOTHER },
      refusal(claim(412, page), claim(mismatch, inferred('as while leased'))),
    ),
    rule(
      'write.ended.held-id',
      writes,
      { state: ['broken', 'expired'], leaseId: HELD_ANYHOW },
      refused(412, LOST, recorded(70)),
    ),
    rule(
      'write.ended.another-id',
      writes,
      { state: ['broken', 'expired'], leaseId: ANOTHER },
      refusal(claim(412, page), open([LOST, notPresent, mismatch])),
    ),
  ]
}

function listings(): readonly Rule[] {
  return [rulesOf('blob', 'lease', 'lease')('list', ['list'], {})]
}

function containerRules(): readonly Rule[] {
  const rule = rulesOf('container', 'lease', 'lease')
  const notPresent = 'LeaseNotPresentWithContainerOperation'
  const mismatch = 'LeaseIdMismatchWithContainerOperation'
  const page = doc('lease-container', 'the status')
  const others: readonly UseClass[] = [...READS, 'write']
  const ended = (known: readonly Evidence[]) => refusal(claim(412, page), open([LOST, notPresent, mismatch], ...known))
  return [
    rule('use.no-id', others, { leaseId: ['none'] }),
    rule(
      'use.available.with-id',
      others,
      { state: ['available'], leaseId: GIVEN },
      refused(412, notPresent, recorded(22)),
    ),
    ...spellings('container').flatMap(({ suffix, ids }) => [
      rule(`use.locked.${suffix}`, others, { state: ['leased', 'breaking'], leaseId: ids }),
      rule(`delete.locked.${suffix}`, ['delete'], { state: ['leased', 'breaking'], leaseId: ids }),
    ]),
    rule(
      'use.leased.another-id',
      others,
      { state: ['leased'], leaseId: ANOTHER },
      refused(
        412,
        mismatch,
        recorded(23, 'the outcome table of Lease Container says 409'),
        sdkTest('net-v11-lease-tests'),
      ),
    ),
    rule(
      'use.breaking.another-id',
      others,
      { state: ['breaking'], leaseId: ANOTHER },
      refused(412, mismatch, inferred('as while leased; the outcome table of Lease Container says 409')),
    ),
    rule(
      'use.ended.held-id',
      others,
      { state: ['broken', 'expired'], leaseId: HELD_ANYHOW },
      ended([inferred('Delete Container answers LeaseLost')]),
    ),
    rule('use.ended.another-id', others, { state: ['broken', 'expired'], leaseId: ANOTHER }, ended([])),

    rule('delete.unlocked.no-id', ['delete'], { state: ['available', 'broken', 'expired'], leaseId: ['none'] }),
    rule(
      'delete.available.with-id',
      ['delete'],
      { state: ['available'], leaseId: GIVEN },
      refused(412, notPresent, sdkTest('net-v11-lease-tests'), doc('blob-error-codes')),
    ),
    rule(
      'delete.leased.no-id',
      ['delete'],
      { state: ['leased'], leaseId: ['none'] },
      refused(412, MISSING, recorded(76, 'the page Delete Container says 409'), sdkTest('net-v11-lease-tests')),
    ),
    rule(
      'delete.breaking.no-id',
      ['delete'],
      { state: ['breaking'], leaseId: ['none'] },
      refusal(claim(412, page), claim(MISSING, inferred('as while leased'))),
    ),
    rule(
      'delete.leased.another-id',
      ['delete'],
      { state: ['leased'], leaseId: ANOTHER },
      refused(412, mismatch, sdkTest('net-v11-lease-tests'), doc('blob-error-codes'), doc('delete-container')),
    ),
    rule(
      'delete.breaking.another-id',
      ['delete'],
      { state: ['breaking'], leaseId: ANOTHER },
      refusal(claim(412, page), claim(mismatch, inferred('as while leased'))),
    ),
    rule(
      'delete.broken.held-id',
      ['delete'],
      { state: ['broken'], leaseId: HELD_ANYHOW },
      refused(412, LOST, recorded(53)),
    ),
    rule(
      'delete.expired.held-id',
      ['delete'],
      { state: ['expired'], leaseId: HELD_ANYHOW },
      refusal(claim(412, page), claim(LOST, inferred('as when broken'))),
    ),
    rule('delete.ended.another-id', ['delete'], { state: ['broken', 'expired'], leaseId: ANOTHER }, ended([])),
  ]
}

/** Lease operations are not uses: the layer has nothing to say about them. */
export function leaseOperationsPass(kind: ResourceKind): Rule {
  return rulesOf(kind, 'lease', 'lease')('lease-operation', LEASE_ACTIONS, {})
}
