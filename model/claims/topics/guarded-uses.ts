import type { DocumentedClaim } from '../documented-claim.ts'
import { ALL, ask, HELD } from './asking.ts'

/** Claims about what a lease keeps others from doing. */
export const GUARDED_USE_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'share-lease-guards-deletion-only',
    title: 'The lease of a share guards its deletion only: its metadata can be set without the id.',
    says: [
      { source: 'lease-share', where: 'the first paragraph, and the outcomes of use attempts' },
      { source: 'file-shares-lease' },
      { source: 'set-share-metadata', where: 'it had no lease id at first' },
    ],
    checks: [
      ask(['share'], `${HELD}/setShareMetadata`, { status: 'success' }),
      ask(['share'], `${HELD}/setShareProperties`, { status: 'success' }),
      ask(['share'], `${HELD}/setShareAcl`, { status: 'success' }),
    ],
    verdict: 'false',
    really:
      'The Set operations need the id as well: 412 LeaseIdMissing. The remarks of the same page say so. Here a share differs from a container.',
  },
  {
    id: 'blob-list-of-guarded-uses-is-complete',
    title: 'Set Blob Tags, Set Blob Tier and Put Blob From URL need no lease id, since Lease Blob does not list them.',
    says: [
      { source: 'lease-blob', where: 'the operations that must include the id' },
      { source: 'set-blob-tags' },
      { source: 'set-blob-tier' },
    ],
    checks: [
      ask(['blob'], `${HELD}/setBlobTags`, { status: 'success' }),
      ask(['blob'], `${HELD}/setBlobTier`, { status: 'success' }),
      ask(['blob'], `${HELD}/putBlobFromUrl,source=source`, { status: 'success' }, { world: 'blob-and-source' }),
    ],
    verdict: 'false',
    really: 'They need it: 412 LeaseIdMissing. The list of the page is not complete.',
  },
  {
    id: 'share-set-operations-need-the-id',
    title: 'Setting the metadata of a leased share without its id is refused with 412.',
    says: [{ source: 'lease-share', where: 'the remarks' }],
    checks: [ask(['share'], `${HELD}/setShareMetadata`, { status: 412, code: 'LeaseIdMissing' })],
    verdict: 'true',
    really: 'Recorded; the outcome table of the same page says that it succeeds.',
  },
  {
    id: 'container-lease-guards-deletion-only',
    title: 'The lease of a container guards its deletion only: everything else succeeds without the id.',
    says: [{ source: 'python-container-lease-guide' }, { source: 'concurrency-guide' }, { source: 'lease-container' }],
    checks: [
      ask(['container'], `${HELD}/setContainerMetadata`, { status: 'success' }),
      ask(['container'], `${HELD}/setContainerAcl`, { status: 'success' }),
      ask(['container'], `${HELD}/getContainerProperties`, { status: 'success' }),
      ask(['container'], `${HELD}/deleteContainer`, { status: 412, code: 'LeaseIdMissing' }),
      ask(['container'], `${HELD}/deleteContainer,id=A`, { status: 202 }),
    ],
    verdict: 'true',
    really: 'An id that is given all the same is a condition, and has to be the right one.',
  },
  {
    id: 'write-without-id-is-412',
    title: 'A write to a leased blob or file without its lease id is refused with 412.',
    says: [{ source: 'concurrency-guide' }, { source: 'lease-blob' }, { source: 'lease-file' }],
    checks: [ask(['blob', 'file'], `${HELD}/{write}`, { status: 412, code: 'LeaseIdMissing' })],
    verdict: 'true',
    really: 'The code is LeaseIdMissing.',
  },
  {
    id: 'reads-need-no-id',
    title: 'A read needs no lease id.',
    says: [
      { source: 'concurrency-guide' },
      { source: 'lease-blob' },
      { source: 'lease-file' },
      { source: 'lease-share' },
    ],
    checks: [ask(ALL, `${HELD}/{read}`, { status: 200 })],
    verdict: 'true',
    really: 'A lease excludes no reader, unless all of them send an id.',
  },
  {
    id: 'leased-blobs-do-not-protect-their-container',
    title: 'A container can be deleted although a blob in it is leased.',
    says: [{ source: 'lease-blob' }],
    checks: [ask(['blob'], `${HELD}/deleteContainer,on=container`, { status: 202 })],
    verdict: 'true',
    really: 'The leases go with the container.',
  },
  {
    id: 'leased-files-do-not-protect-their-share',
    title: 'A share can be deleted although a file in it is leased.',
    says: [{ source: 'lease-file' }],
    checks: [ask(['file'], `${HELD}/deleteShare,on=share`, { status: 202 })],
    verdict: 'true',
    really: 'The leases go with the share.',
  },
  {
    id: 'rename-needs-the-id-of-its-source',
    title: 'Renaming a leased file needs the id of its lease.',
    says: [{ source: 'rename-file' }],
    checks: [
      ask(['file'], `${HELD},on=source/renameFile,source=source`, { status: 412 }, { world: 'file-and-source' }),
      ask(
        ['file'],
        `${HELD},on=source/renameFile,source=source,source-id=A`,
        { status: 200 },
        { world: 'file-and-source' },
      ),
    ],
    verdict: 'true',
    really: 'The lease moves with the file; that of a file which is replaced is gone.',
  },
]
