import type { DocumentedClaim } from '../documented-claim.ts'
import { ask, HELD } from './asking.ts'

const CONDITIONS = { source: 'conditional-headers' } as const

/** Claims about conditional headers and leases. */
export const CONDITION_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'if-none-match-star-never-overwrites',
    title: 'A write with If-None-Match: * fails if the blob exists.',
    says: [CONDITIONS],
    checks: [
      ask(['blob'], 'putBlob,if=if-none-match:*', { status: 'refusal' }),
      ask(['blob'], `${HELD}/putBlob,id=A,if=if-none-match:*`, { status: 'refusal' }),
    ],
    verdict: 'false',
    really:
      'With the id of its active lease the blob is overwritten: 201. The id waives the condition, which is recorded and stands on no page.',
  },
  {
    id: 'if-none-match-star-is-412',
    title:
      'Put Blob with If-None-Match: * on a blob that exists is answered 412, as every condition that does not hold.',
    says: [CONDITIONS],
    checks: [ask(['blob'], 'putBlob,if=if-none-match:*', { status: 412 })],
    verdict: 'false',
    really:
      'It is 409 BlobAlreadyExists, and for a leased blob without the id 412 LeaseIdMissing: the lease is looked at first.',
  },
  {
    id: 'unmet-condition-is-412',
    title: 'A lease operation whose condition does not hold is refused with 412, and never answered 304.',
    says: [CONDITIONS],
    checks: [
      ask(['blob'], 'acquire,proposed=A,duration=15,if=if-none-match:current', {
        status: 412,
        code: 'ConditionNotMet',
      }),
      ask(['blob', 'container'], 'acquire,proposed=A,duration=15,if=if-modified-since:future', { status: 412 }),
      ask(['blob'], `${HELD}/break,if=if-match:other`, { status: 412, code: 'ConditionNotMet' }),
    ],
    verdict: 'true',
    really: 'Lease operations count as writes.',
  },
  {
    id: 'tags-condition-lease-operations',
    title: 'A lease operation on a blob can be made to depend on the tags of the blob.',
    says: [{ ...CONDITIONS, where: 'x-ms-if-tags, from version 2019-12-12 on' }],
    checks: [
      ask(['blob'], 'acquire,proposed=A,duration=15,if=x-ms-if-tags:met', { status: 201 }),
      ask(['blob'], 'acquire,proposed=A,duration=15,if=x-ms-if-tags:unmet', { status: 412, code: 'ConditionNotMet' }),
    ],
    verdict: 'true',
    really: 'It is a condition like the others.',
  },
  {
    id: 'container-takes-no-etags',
    title: 'A lease operation on a container with If-Match is refused.',
    says: [{ ...CONDITIONS, where: 'containers take dates only' }],
    checks: [ask(['container'], 'acquire,proposed=A,duration=15,if=if-match:*', { status: 'refusal' })],
    verdict: 'open',
    really:
      'The header is not documented for containers. Whether it is refused, ignored or heeded nobody has recorded.',
  },
]
