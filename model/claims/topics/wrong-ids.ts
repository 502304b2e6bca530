import type { DocumentedClaim } from '../documented-claim.ts'
import { ALL, ask, BREAKING, BROKEN, EXPIRED, HELD, TIMED } from './asking.ts'

const OUTCOME_TABLES = [
  { source: 'lease-blob', where: 'the outcomes of use attempts' },
  { source: 'lease-container', where: 'the outcomes of use attempts' },
  { source: 'lease-share', where: 'the outcomes of use attempts' },
  { source: 'lease-file', where: 'the outcomes of use attempts' },
] as const

/** Claims about uses that carry an id which is not that of the lease, or none. */
export const WRONG_ID_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'wrong-id-on-write-is-409',
    title: 'A write that carries the id of another lease is answered 409 while the resource is leased.',
    says: OUTCOME_TABLES,
    checks: [ask(ALL, `${HELD}/{write},id=B`, { status: 409 })],
    verdict: 'false',
    really:
      'It is 412, and the code says that the id does not match the blob, the container (also for a share) or the file. Only operations on the lease itself answer 409.',
  },
  {
    id: 'wrong-id-on-read-is-409',
    title: 'A read that carries the id of another lease is answered 409 while the resource is leased.',
    says: OUTCOME_TABLES,
    checks: [ask(ALL, `${HELD}/{read},id=B`, { status: 409 })],
    verdict: 'false',
    really: 'It is 412 for reads as well: an id that comes with a read is a condition, and this one does not hold.',
  },
  {
    id: 'wrong-id-on-read-while-breaking-is-409',
    title: 'A read that carries the id of another lease is answered 409 while the lease is breaking.',
    says: OUTCOME_TABLES.slice(0, 3),
    checks: [ask(TIMED, `${BREAKING}/{read},id=B`, { status: 409 })],
    verdict: 'false',
    really:
      'Most likely 412, as while leased; the same tables say 412 for a write in this state. No recording shows a read.',
  },
  {
    id: 'delete-blob-without-id-is-403',
    title: 'Deleting a leased blob without its lease id is answered 403.',
    says: [{ source: 'delete-blob' }],
    checks: [ask(['blob'], `${HELD}/deleteBlob`, { status: 403 })],
    verdict: 'false',
    really: 'It is 412 LeaseIdMissing, as Lease Blob and the list of error codes say and every recording shows.',
  },
  {
    id: 'delete-container-without-id-is-409',
    title: 'Deleting a leased container without its lease id is answered 409.',
    says: [{ source: 'delete-container' }],
    checks: [ask(['container'], `${HELD}/deleteContainer`, { status: 409 })],
    verdict: 'false',
    really: 'It is 412 LeaseIdMissing, as the page Lease Container says.',
  },
  {
    id: 'file-error-codes-are-complete',
    title: 'What the File service answers because of a lease is one of the codes on its page of error codes.',
    says: [{ source: 'file-error-codes', where: 'the page lists no code of leases' }],
    checks: [
      ask(['file', 'share'], `${HELD}/{write}`, {
        code: ['SharingViolation', 'FileLockConflict'],
      }),
      ask(['file', 'share'], `${HELD}/acquire,duration=-1`, { code: ['SharingViolation', 'FileLockConflict'] }),
    ],
    verdict: 'false',
    really:
      'It answers codes that only the pages of the Blob service explain, such as LeaseIdMissing and LeaseAlreadyPresent, and for shares even those that name a container.',
  },
  {
    id: 'share-codes-name-the-container',
    title: 'A share has the lease codes of a container.',
    says: [{ source: 'net-v12-share-tests' }],
    checks: [
      ask(['share'], `${HELD}/{read},id=B`, { status: 412, code: 'LeaseIdMismatchWithContainerOperation' }),
      ask(['share'], '{read},id=A', { status: 412, code: 'LeaseNotPresentWithContainerOperation' }),
    ],
    verdict: 'true',
    really: 'The code says container where the message says file share; there is no code that names the share.',
  },
  {
    id: 'mismatch-code-is-412',
    title: 'LeaseIdMismatchWithBlobOperation and LeaseIdMismatchWithContainerOperation come with 412.',
    says: [{ source: 'blob-error-codes' }],
    checks: [
      ask(['blob'], `${HELD}/{write},id=B`, { status: 412, code: 'LeaseIdMismatchWithBlobOperation' }),
      ask(['container'], `${HELD}/{delete},id=B`, { status: 412, code: 'LeaseIdMismatchWithContainerOperation' }),
    ],
    verdict: 'true',
    really: 'The list of error codes is right where the tables of the lease pages, which say 409, are not.',
  },
  {
    id: 'wrong-id-on-write-while-breaking-is-412',
    title: 'A write that carries the id of another lease is answered 412 while the lease is breaking.',
    says: [{ source: 'lease-blob', where: 'the outcomes of use attempts' }],
    checks: [ask(['blob'], `${BREAKING}/{write},id=B`, { status: 412 })],
    verdict: 'true',
    really: 'This row of the table is right, unlike that of the leased state.',
  },
  {
    id: 'id-without-lease-is-412',
    title: 'An id that comes with a use is refused with 412 where nothing is leased.',
    says: [
      { source: 'lease-blob' },
      { source: 'lease-container' },
      { source: 'lease-share' },
      { source: 'lease-file' },
    ],
    checks: [ask(ALL, '{write},id=A', { status: 412 }), ask(ALL, '{read},id=A', { status: 412 })],
    verdict: 'true',
    really: 'The code says that there is no lease: LeaseNotPresentWith..., for reads as for writes.',
  },
  {
    id: 'any-id-is-412-after-the-end',
    title: 'Once a lease has expired or was broken, a use that carries any id is refused with 412.',
    says: [
      { source: 'lease-blob' },
      { source: 'lease-container' },
      { source: 'lease-share' },
      { source: 'lease-file' },
    ],
    checks: [
      ask(ALL, `${BROKEN}/{read},id=A`, { status: 412 }),
      ask(ALL, `${BROKEN}/{read},id=B`, { status: 412 }),
      ask(TIMED, `${EXPIRED}/{read},id=A`, { status: 412 }),
      ask(TIMED, `${EXPIRED}/{delete},id=B`, { status: 412 }),
    ],
    verdict: 'true',
    really: 'The status is documented. Which of three codes goes with it is known for some writes and deletions only.',
  },
  {
    id: 'lapsed-id-is-lease-lost',
    title: 'A write with the id of a lease that has ended is refused with 412 LeaseLost.',
    says: [{ source: 'blob-error-codes' }],
    checks: [
      ask(['blob'], `${EXPIRED}/{write},id=A`, { status: 412, code: 'LeaseLost' }),
      ask(['blob'], `${BROKEN}/{write},id=A`, { status: 412, code: 'LeaseLost' }),
      ask(['container', 'share'], `${BROKEN}/{delete},id=A`, { status: 412, code: 'LeaseLost' }),
      ask(['file'], `${BROKEN}/{write},id=A`, { status: 412, code: 'LeaseLost' }),
    ],
    verdict: { blob: 'true', container: 'true', share: 'true', file: 'open' },
    really: 'Recorded for blobs, and for the deletion of containers and shares. The code for a file is not known.',
  },
]
