import type { DocumentedClaim } from '../documented-claim.ts'
import { ask, BROKEN, HELD } from './asking.ts'

const OLDEST = { version: '2009-09-19' } as const

/** Claims about older versions of the service. */
export const VERSION_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'lease-is-already-broken',
    title: 'The code of a lease that was broken before is LeaseIsAlreadyBroken.',
    says: [{ source: 'blob-swagger', where: 'the error codes' }],
    checks: [
      ask(['blob'], 'acquire/break/break', { code: 'LeaseIsAlreadyBroken' }, OLDEST),
      ask(['blob'], `${BROKEN}/break`, { code: 'LeaseIsAlreadyBroken' }),
    ],
    verdict: 'false',
    really:
      'Where it was answered, before version 2012-02-12, it was LeaseAlreadyBroken; today the second break succeeds.',
  },
  {
    id: 'shares-and-files-before-leases',
    title: 'A request to lease a share, a file or a container is refused if its version is older than the operation.',
    says: [
      { source: 'lease-container', where: 'from version 2012-02-12 on' },
      { source: 'lease-file', where: 'from version 2019-02-02 on' },
      { source: 'lease-share', where: 'from version 2020-02-10 on' },
    ],
    checks: [
      ask(['container'], HELD, { status: 'refusal' }, { version: '2011-08-18' }),
      ask(['file'], HELD, { status: 'refusal' }, { version: '2018-11-09' }),
      ask(['share'], HELD, { status: 'refusal' }, { version: '2019-12-12' }),
    ],
    verdict: 'open',
    really: 'Surely refused, but with which status and code nobody has recorded.',
  },
  {
    id: 'renew-after-release-before-2012',
    title: 'Before version 2012-02-12 a lease could be renewed after its release; since then it cannot.',
    says: [{ source: 'lease-blob' }, { source: 'version-2012-02-12' }],
    checks: [
      ask(['blob'], 'acquire/release,id=held/renew,id=held', { status: 200 }, OLDEST),
      ask(['blob'], `${HELD}/release,id=A/renew,id=A`, { status: 409 }),
    ],
    verdict: 'true',
    really: 'A request says by its version which of the two it means.',
  },
  {
    id: 'etag-since-2013',
    title: 'Lease operations answer an ETag since version 2013-08-15, and none before.',
    says: [{ source: 'lease-blob' }, { source: 'lease-container' }],
    checks: [
      ask(['blob', 'container'], HELD, { headers: { etag: 'present' } }),
      ask(['blob', 'container'], HELD, { headers: { etag: 'absent' } }, { version: '2012-02-12' }),
    ],
    verdict: 'true',
    really: 'A client for older versions has to read it with the properties.',
  },
  {
    id: 'leases-of-60-s-before-2012',
    title: 'Before version 2012-02-12 every lease of a blob lasted 60 s.',
    says: [{ source: 'lease-blob' }],
    checks: [
      ask(['blob'], 'acquire/wait,59000ms/acquire', { status: 409 }, OLDEST),
      ask(['blob'], 'acquire/wait,61000ms/acquire', { status: 201 }, OLDEST),
    ],
    verdict: 'true',
    really: 'There was no duration to ask for.',
  },
  {
    id: 'id-on-nothing-since-2013',
    title:
      'Put Blob with a lease id where there is no blob is refused with 412 since version 2013-08-15, and succeeded before.',
    says: [{ source: 'put-blob' }, { source: 'copy-blob' }],
    checks: [
      ask(['blob'], 'putBlob,id=A', { status: 412 }, { world: 'blob-absent' }),
      ask(['blob'], 'putBlob,id=A', { status: 201 }, { world: 'blob-absent', version: '2012-02-12' }),
    ],
    verdict: 'true',
    really:
      'The code is LeaseNotPresentWithBlobOperation, and the lease is looked at before it is asked whether the blob exists.',
  },
]
