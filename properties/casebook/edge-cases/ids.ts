import { ALL, type EdgeCase, EXPIRED, LEASED, LEASED_FOR_EVER, scenes, TIMED } from './edge-case.ts'

const MISMATCH = '409 LeaseIdMismatchWithLeaseOperation'
const NOT_PRESENT = '409 LeaseNotPresentWithLeaseOperation'
const SOME_412 = '412 (code: nobody knows)'

/** Which id does what. */
export const IDS: readonly EdgeCase[] = [
  {
    id: 'change-by-the-proposed-id',
    question: 'Can a change be sent twice?',
    answer:
      'Yes: a change whose proposed id is held already answers 200, whatever the id it is sent with, so a client that lost the answer can send it again. It also means that whoever knows the current id alone can "change" to it.',
    scenes: [
      ...scenes('A to B, once', ALL, `${LEASED_FOR_EVER}/change,id=A,proposed=B`, '200', {
        after: 'leased for ever as B',
      }),
      ...scenes(
        'A to B, a second time',
        ALL,
        `${LEASED_FOR_EVER}/change,id=A,proposed=B/change,id=A,proposed=B`,
        '200',
        { after: 'leased for ever as B' },
      ),
      ...scenes('A is held: B to A', ALL, `${LEASED_FOR_EVER}/change,id=B,proposed=A`, '200', {
        after: 'leased for ever as A',
      }),
      ...scenes('A is held: B to C', ALL, `${LEASED_FOR_EVER}/change,id=B,proposed=C`, MISMATCH),
    ],
  },
  {
    id: 'change-after-the-end',
    question: 'Can the id of a lease that has ended be changed?',
    answer:
      'No, although it could be renewed. It is 409; after expiry nobody knows whether the code says that there is no lease or that the id is another.',
    scenes: [
      ...scenes(
        'expired',
        TIMED,
        `${EXPIRED}/change,id=A,proposed=B`,
        '409 LeaseNotPresentWithLeaseOperation/LeaseIdMismatchWithLeaseOperation',
      ),
      ...scenes('broken', ALL, `${LEASED_FOR_EVER}/break/change,id=A,proposed=B`, NOT_PRESENT),
    ],
  },
  {
    id: 'release-twice',
    question: 'What does a second release answer?',
    answer:
      '409: once released the lease is forgotten, so the id matches nothing. A client that lost the answer to a release cannot tell its own success from somebody else having taken the lease. What is broken or expired can still be released, once.',
    scenes: [
      ...scenes('release', ALL, `${LEASED_FOR_EVER}/release,id=A`, '200', { after: 'available' }),
      ...scenes('release again', ALL, `${LEASED_FOR_EVER}/release,id=A/release,id=A`, MISMATCH),
      ...scenes('release what is broken', ALL, `${LEASED_FOR_EVER}/break/release,id=A`, '200', { after: 'available' }),
      ...scenes('release what is expired', TIMED, `${EXPIRED}/release,id=A`, '200', { after: 'available' }),
      ...scenes('release with another id', ALL, `${LEASED_FOR_EVER}/release,id=B`, MISMATCH),
    ],
  },
  {
    id: 'lapsed-id',
    question: 'What happens to a write that carries the id of a lease that has ended?',
    answer:
      'It is refused with 412, although the same write without an id would succeed: the id says "only if I still hold it". On a blob the code is LeaseLost; on the other kinds nobody knows the code of most uses.',
    scenes: [
      ...scenes('Set Blob Metadata with the id', ['blob'], `${EXPIRED}/setBlobMetadata,id=A`, '412 LeaseLost'),
      ...scenes('Set Blob Metadata without an id', ['blob'], `${EXPIRED}/setBlobMetadata`, '200', {
        after: 'available',
      }),
      ...scenes('Get Blob with the id', ['blob'], `${EXPIRED}/getBlob,id=A`, SOME_412),
      ...scenes(
        'broken, Set Blob Metadata with the id',
        ['blob'],
        `${LEASED_FOR_EVER}/break/setBlobMetadata,id=A`,
        '412 LeaseLost',
      ),
      ...scenes(
        'written since, Set Blob Metadata with the id',
        ['blob'],
        `${EXPIRED}/setBlobMetadata/setBlobMetadata,id=A`,
        '412 LeaseNotPresentWithBlobOperation',
      ),
      ...scenes('Set Container Metadata with the id', ['container'], `${EXPIRED}/setContainerMetadata,id=A`, SOME_412),
      ...scenes('Set Share Metadata with the id', ['share'], `${EXPIRED}/setShareMetadata,id=A`, SOME_412),
      ...scenes(
        'broken, Set File Metadata with the id',
        ['file'],
        `${LEASED_FOR_EVER}/break/setFileMetadata,id=A`,
        SOME_412,
      ),
    ],
  },
  {
    id: 'id-without-a-lease',
    question: 'What happens to a read or write that carries an id where nothing was ever leased?',
    answer:
      '412 where the resource is there: an id is a condition, for reads too. Where it is not there the answer is 404, but for requests that would create a blob: these look at the lease first.',
    scenes: [
      ...scenes('Get Blob', ['blob'], 'getBlob,id=A', '412 LeaseNotPresentWithBlobOperation'),
      ...scenes('Set Blob Metadata', ['blob'], 'setBlobMetadata,id=A', '412 LeaseNotPresentWithBlobOperation'),
      ...scenes('Get Blob, which is not there', ['blob-absent'], 'getBlob,id=A', '404 BlobNotFound'),
      ...scenes(
        'Put Blob, which is not there',
        ['blob-absent'],
        'putBlob,id=A',
        '412 LeaseNotPresentWithBlobOperation',
      ),
    ],
  },
  {
    id: 'spelling-of-ids',
    question: 'Does it matter how an id is written?',
    answer:
      'No: capitals, 32 digits without hyphens and braces name the same lease, and answers spell it in lower case with hyphens. What is no GUID at all is 400 before anything else is looked at.',
    scenes: [
      ...scenes('release with capitals', ALL, `${LEASED_FOR_EVER}/release,id=A@upper`, '200'),
      ...scenes('release with 32 digits', ALL, `${LEASED_FOR_EVER}/release,id=A@N`, '200'),
      ...scenes('release with braces', ALL, `${LEASED_FOR_EVER}/release,id=A@B`, '200'),
      ...scenes(
        'acquire proposing no GUID',
        TIMED,
        'acquire,proposed=malformed:abc,duration=15',
        '400 InvalidHeaderValue',
      ),
    ],
  },
  {
    id: 'if-none-match-with-a-lease',
    question: 'Can the holder overwrite its blob with If-None-Match: *?',
    answer:
      'Yes: the valid id waives the condition, and Put Blob answers 201 where it would answer 409 BlobAlreadyExists without a lease. Without the id, or with another, the lease is what refuses. A delete or a lease operation with this header is another matter, and not known.',
    scenes: [
      ...scenes('no lease', ['blob'], 'putBlob,if=if-none-match:*', '409 BlobAlreadyExists'),
      ...scenes('leased, with its id', ['blob'], `${LEASED_FOR_EVER}/putBlob,id=A,if=if-none-match:*`, '201'),
      ...scenes('leased, no id', ['blob'], `${LEASED_FOR_EVER}/putBlob,if=if-none-match:*`, '412 LeaseIdMissing'),
      ...scenes(
        'leased, another id',
        ['blob'],
        `${LEASED_FOR_EVER}/putBlob,id=B,if=if-none-match:*`,
        '412 LeaseIdMismatchWithBlobOperation',
      ),
      ...scenes('not there', ['blob-absent'], 'putBlob,if=if-none-match:*', '201'),
      ...scenes('acquire', ['blob'], `${LEASED},if=if-none-match:*`, '412/400/409 (code: nobody knows)'),
    ],
  },
]
