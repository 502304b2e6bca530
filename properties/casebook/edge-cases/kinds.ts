import { type EdgeCase, LEASED, LEASED_FOR_EVER, scenes } from './edge-case.ts'

const OPEN_SNAPSHOT_CODE = '400 (code: nobody knows)'
const ON_THE_CONTAINER = `${LEASED_FOR_EVER},on=container`
const ON_THE_SHARE = `${LEASED_FOR_EVER},on=share`

/** What a lease of each kind protects, and where kinds differ. */
export const KINDS_COMPARED: readonly EdgeCase[] = [
  {
    id: 'what-a-lease-protects',
    question: 'What does a lease protect its resource from?',
    answer:
      'A blob and a file: from every write and delete without the id. A share: from writes of its metadata, properties and access policies, and from its deletion. A container: from its deletion alone; anybody may change its metadata and access policies. Reading needs no id anywhere, but an id that is sent has to be right.',
    scenes: [
      ...scenes(
        'Set Blob Metadata without an id',
        ['blob'],
        `${LEASED_FOR_EVER}/setBlobMetadata`,
        '412 LeaseIdMissing',
      ),
      ...scenes('Set Blob Tags without an id', ['blob'], `${LEASED_FOR_EVER}/setBlobTags`, '412 LeaseIdMissing'),
      ...scenes('Delete Blob without an id', ['blob'], `${LEASED_FOR_EVER}/deleteBlob`, '412 LeaseIdMissing'),
      ...scenes(
        'Set Container Metadata without an id',
        ['container'],
        `${LEASED_FOR_EVER}/setContainerMetadata`,
        '200',
      ),
      ...scenes('Set Container ACL without an id', ['container'], `${LEASED_FOR_EVER}/setContainerAcl`, '200'),
      ...scenes(
        'Delete Container without an id',
        ['container'],
        `${LEASED_FOR_EVER}/deleteContainer`,
        '412 LeaseIdMissing',
      ),
      ...scenes(
        'Set Share Metadata without an id',
        ['share'],
        `${LEASED_FOR_EVER}/setShareMetadata`,
        '412 LeaseIdMissing',
      ),
      ...scenes('Delete Share without an id', ['share'], `${LEASED_FOR_EVER}/deleteShare`, '412 LeaseIdMissing'),
      ...scenes('Put Range without an id', ['file'], `${LEASED_FOR_EVER}/putRange`, '412 LeaseIdMissing'),
      ...scenes('Get Blob without an id', ['blob'], `${LEASED_FOR_EVER}/getBlob`, '200'),
      ...scenes(
        'Get Blob with another id',
        ['blob'],
        `${LEASED_FOR_EVER}/getBlob,id=B`,
        '412 LeaseIdMismatchWithBlobOperation',
      ),
      ...scenes(
        'Get File with another id',
        ['file'],
        `${LEASED_FOR_EVER}/getFile,id=B`,
        '412 LeaseIdMismatchWithFileOperation',
      ),
    ],
  },
  {
    id: 'leases-do-not-reach-inside',
    question: 'Does the lease of a container or share protect what is inside, or the other way round?',
    answer:
      'No. Blobs in a leased container are written and deleted as if there were no lease, and so are files in a leased share. A container goes with the leased blobs in it, a share with its leased files.',
    scenes: [
      ...scenes('container leased, Delete Blob', ['blob'], `${ON_THE_CONTAINER}/deleteBlob`, '202'),
      ...scenes('blob leased, Delete Container', ['blob'], `${LEASED_FOR_EVER}/deleteContainer,on=container`, '202'),
      ...scenes('share leased, Delete File', ['file'], `${ON_THE_SHARE}/deleteFile`, '202'),
      ...scenes('file leased, Delete Share', ['file'], `${LEASED_FOR_EVER}/deleteShare,on=share`, '202'),
    ],
  },
  {
    id: 'share-and-file',
    question: 'How do leases of shares and files differ?',
    answer:
      'A share is leased as a blob is: for a time or without end, with break periods and five states. The only lease of a file has no end and is broken at once, so a file is available, leased or broken, never breaking or expired. The code for a wrong id on a share speaks of a container.',
    scenes: [
      ...scenes('acquire for 15 s', ['share'], LEASED, '201'),
      ...scenes('acquire for 15 s', ['file'], LEASED, '400 InvalidHeaderValue'),
      ...scenes('break', ['share'], `${LEASED}/break`, '202', { after: 'breaking, 15 s left' }),
      ...scenes('break', ['file'], `${LEASED_FOR_EVER}/break`, '202', { after: 'broken' }),
      ...scenes(
        'Get Share Properties with another id',
        ['share'],
        `${LEASED_FOR_EVER}/getShareProperties,id=B`,
        '412 LeaseIdMismatchWithContainerOperation',
      ),
    ],
  },
  {
    id: 'snapshots',
    question: 'Can a snapshot be leased?',
    answer:
      'A snapshot of a share can, for itself; a snapshot of a blob cannot. A leased snapshot of a share keeps the share from being deleted unless the request says include-leased.',
    scenes: [
      ...scenes('acquire', ['blob-snapshot'], 'acquire,duration=15', OPEN_SNAPSHOT_CODE),
      ...scenes('acquire', ['share-snapshot'], LEASED, '201'),
      ...scenes(
        'Delete Share (snapshot) with its id',
        ['share-snapshot'],
        `${LEASED_FOR_EVER}/deleteShareSnapshot,id=A`,
        '202',
      ),
      ...scenes(
        'Delete Share (snapshot) without an id',
        ['share-snapshot'],
        `${LEASED_FOR_EVER}/deleteShareSnapshot`,
        '412 LeaseIdMissing',
      ),
      ...scenes(
        'Delete Share, include',
        ['share-snapshot'],
        `${LEASED_FOR_EVER}/deleteShare,on=share,snapshots=include`,
        '409 DeleteShareWhenSnapshotLeased',
      ),
      ...scenes(
        'Delete Share, include-leased',
        ['share-snapshot'],
        `${LEASED_FOR_EVER}/deleteShare,on=share,snapshots=include-leased`,
        '202',
      ),
    ],
  },
  {
    id: 'overwriting-and-deleting',
    question: 'Does a lease survive that the blob is overwritten or deleted?',
    answer:
      'Put Blob with the id keeps the lease, although the content is new. Deleting ends it: a blob of the same name that is made afterwards has none.',
    scenes: [
      ...scenes('Put Blob with the id, then renew', ['blob'], `${LEASED_FOR_EVER}/putBlob,id=A/renew,id=A`, '200'),
      ...scenes(
        'Delete Blob, Put Blob, then renew',
        ['blob'],
        `${LEASED_FOR_EVER}/deleteBlob,id=A/putBlob/renew,id=A`,
        '409 LeaseIdMismatchWithLeaseOperation',
      ),
    ],
  },
  {
    id: 'copy-and-rename',
    question: 'Does the lease of the source of a copy or a rename matter?',
    answer:
      'Not for a copy, which only reads it. A rename of a file moves the source, so it takes the id of the source in a header of its own, and the lease moves along.',
    scenes: [
      ...scenes(
        'source leased, Copy Blob',
        ['blob-and-source'],
        `${LEASED_FOR_EVER},on=source/copyBlob,source=source`,
        '202',
      ),
      ...scenes(
        'target leased, Copy Blob without an id',
        ['blob-and-source'],
        `${LEASED_FOR_EVER}/copyBlob,source=source`,
        '412 LeaseIdMissing',
      ),
      ...scenes(
        'source leased, Rename File without its id',
        ['file-and-source'],
        `${LEASED_FOR_EVER},on=source/renameFile,source=source`,
        '412 LeaseIdMissing',
      ),
      ...scenes(
        'source leased, Rename File with its id',
        ['file-and-source'],
        `${LEASED_FOR_EVER},on=source/renameFile,source=source,source-id=A`,
        '200',
        { after: 'leased for ever as A' },
      ),
    ],
  },
]
