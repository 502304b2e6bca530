import type { DocumentedClaim } from '../documented-claim.ts'
import { ask, HELD } from './asking.ts'

const TWO_BLOBS = { world: 'blob-and-source' } as const
const FINITE = 'acquire,proposed=A,duration=60'
const STATE = 'x-ms-lease-state'

/** Claims about copies, overwriting, and snapshots of what is leased. */
export const COPY_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'every-copy-needs-an-infinite-lease',
    title:
      'A copy onto a blob that is leased for a finite time is refused with 412, also one that is done when it is answered.',
    says: [{ source: 'copy-blob', where: 'x-ms-lease-id; x-ms-requires-sync is not excepted' }],
    checks: [
      ask(['blob'], `${FINITE}/copyBlobSync,id=A,source=source`, { status: 412 }, TWO_BLOBS),
      ask(['blob'], `${FINITE}/copyBlob,id=A,source=source`, { status: 412 }, TWO_BLOBS),
    ],
    verdict: 'false',
    really:
      'Copy Blob From URL, which answers when it is done, succeeds with the id of a finite lease. Only Copy Blob itself needs an infinite one.',
  },
  {
    id: 'abort-needs-the-id',
    title: 'Abort Copy Blob needs the lease id if the destination has an infinite lease.',
    says: [{ source: 'abort-copy-blob' }],
    checks: [ask(['blob'], `${HELD}/abortCopyBlob`, { status: 412 })],
    verdict: 'open',
    really:
      'Where no copy is pending it may as well be refused for that, with 409: nobody has recorded which is looked at first. For a file the lease is.',
  },
  {
    id: 'snapshot-lease-is-invalid-operation',
    title: 'A lease operation on a snapshot of a blob is refused with the code InvalidOperation.',
    says: [{ source: 'blob-error-codes', where: 'InvalidOperation' }],
    checks: [ask(['blob-snapshot'], 'acquire,proposed=A,duration=15', { status: 400, code: 'InvalidOperation' })],
    verdict: 'open',
    really:
      'The status 400 is documented, the code only by what the list says of operations on snapshots; nothing was recorded.',
  },
  {
    id: 'copy-blob-needs-an-infinite-lease',
    title: 'Copy Blob onto a blob that is leased for a finite time is refused with 412 InfiniteLeaseDurationRequired.',
    says: [{ source: 'copy-blob' }, { source: 'blob-error-codes' }],
    checks: [
      ask(
        ['blob'],
        `${FINITE}/copyBlob,id=A,source=source`,
        { status: 412, code: 'InfiniteLeaseDurationRequired' },
        TWO_BLOBS,
      ),
      ask(['blob'], `${HELD}/copyBlob,id=A,source=source`, { status: 202 }, TWO_BLOBS),
    ],
    verdict: 'true',
    really: 'The copy may go on after a finite lease has ended, so the service wants one that does not end.',
  },
  {
    id: 'lease-of-the-source-does-not-matter',
    title: 'The lease of what is copied does not matter.',
    says: [{ source: 'copy-blob' }, { source: 'copy-file' }],
    checks: [
      ask(
        ['blob'],
        `${HELD},on=source/copyBlob,source=source`,
        { status: 202 },
        { ...TWO_BLOBS, atMost: 'documented' },
      ),
      ask(
        ['file'],
        `${HELD},on=source/copyFile,source=source`,
        { status: 202 },
        { world: 'file-and-source', atMost: 'documented' },
      ),
    ],
    verdict: 'true',
    really: 'A copy reads its source, and reads need no id.',
  },
  {
    id: 'overwriting-keeps-the-lease',
    title: 'Put Blob over a leased blob, with its id, leaves the lease as it is.',
    says: [{ source: 'put-blob' }],
    checks: [ask(['blob'], `${HELD}/putBlob,id=A/{read}`, { headers: { [STATE]: 'leased' } })],
    verdict: 'true',
    really: 'Same id, same clock.',
  },
  {
    id: 'snapshots-ignore-the-lease',
    title: 'A leased blob can be snapshotted without its lease id.',
    says: [{ source: 'snapshot-blob' }, { source: 'lease-blob' }],
    checks: [
      ask(['blob'], `${HELD}/snapshotBlob`, { status: 201 }),
      ask(['blob'], `${HELD}/snapshotBlob,id=A`, { status: 201 }),
    ],
    verdict: 'true',
    really: 'The lease is not copied to the snapshot. A wrong id is refused with 412 all the same.',
  },
  {
    id: 'snapshots-cannot-be-leased',
    title: 'A snapshot of a blob cannot be leased: 400.',
    says: [{ source: 'lease-blob' }, { source: 'snapshot-blob' }],
    checks: [
      ask(['blob-snapshot'], 'acquire,proposed=A,duration=15', { status: 400 }),
      ask(['blob-snapshot'], 'break', { status: 400 }),
      ask(['blob-snapshot'], `${HELD},on=blob/getBlobSnapshot`, { status: 200, headers: { [STATE]: 'absent' } }),
    ],
    verdict: 'true',
    really: 'Reading one reports no lease either, not even that of its blob.',
  },
  {
    id: 'share-snapshots-have-leases-of-their-own',
    title: 'A share and its snapshots are leased independently.',
    says: [{ source: 'lease-share' }],
    checks: [
      ask(['share-snapshot'], `${HELD},on=share/acquire,proposed=B,duration=15`, { status: 201 }),
      ask(['share-snapshot'], `${HELD}/getShareProperties,on=share`, { headers: { [STATE]: 'available' } }),
    ],
    verdict: 'true',
    really: 'The ids do not cross.',
  },
  {
    id: 'include-leased-deletes-leased-snapshots',
    title: 'A share whose snapshot is leased is deleted with the option include-leased only.',
    says: [{ source: 'delete-share' }],
    checks: [
      ask(['share-snapshot'], `${HELD}/deleteShare,snapshots=include,on=share`, { status: 409 }),
      ask(['share-snapshot'], `${HELD}/deleteShare,snapshots=include-leased,on=share`, { status: 202 }),
    ],
    verdict: 'true',
    really: 'With include alone it is 409 DeleteShareWhenSnapshotLeased, a code that no page names.',
  },
]
