import { ALL, type EdgeCase, EXPIRED, LEASED, LEASED_FOR_EVER, scenes, TIMED } from './edge-case.ts'

const MISMATCH = '409 LeaseIdMismatchWithLeaseOperation'
const BROKEN = '409 LeaseIsBrokenAndCannotBeRenewed'

/** What can still be renewed. */
export const RENEWING: readonly EdgeCase[] = [
  {
    id: 'renew-after-expiry',
    question: 'Can a lease be renewed after it has expired?',
    answer:
      'Yes, with its own id, as long as nobody has acquired a lease since; the lease then runs for its full duration again. A blob makes one more condition: it must not have been written since. A container and a share have no such condition. A file cannot have a lease that expires.',
    scenes: [
      ...scenes('renew with its id, a second after the end', TIMED, `${EXPIRED}/renew,id=A`, '200', {
        after: 'leased for 15 s as A, 15 s left',
      }),
      ...scenes(
        'somebody else has acquired it, then renew',
        TIMED,
        `${EXPIRED}/acquire,proposed=B,duration=15/renew,id=A`,
        MISMATCH,
      ),
    ],
  },
  {
    id: 'renew-after-a-write',
    question: 'And after somebody has written to it in the meantime?',
    answer:
      'A write to a blob whose lease has ended makes the service forget the lease: the blob is available, and renewing answers the same 409 as for a blob that never had a lease. Containers and shares remember: their metadata can be changed and the lease is renewed all the same. Put Block counts as a write of the blob, Set Blob Tags does not.',
    scenes: [
      ...scenes('Set Blob Metadata, then renew', ['blob'], `${EXPIRED}/setBlobMetadata/renew,id=A`, MISMATCH),
      ...scenes('Put Blob, then renew', ['blob'], `${EXPIRED}/putBlob/renew,id=A`, MISMATCH),
      ...scenes('Put Block, then renew', ['blob'], `${EXPIRED}/putBlock/renew,id=A`, MISMATCH),
      ...scenes('Set Blob Tags, then renew', ['blob'], `${EXPIRED}/setBlobTags/renew,id=A`, '200'),
      ...scenes(
        'Set Container Metadata, then renew',
        ['container'],
        `${EXPIRED}/setContainerMetadata/renew,id=A`,
        '200',
      ),
      ...scenes('Set Share Metadata, then renew', ['share'], `${EXPIRED}/setShareMetadata/renew,id=A`, '200'),
    ],
  },
  {
    id: 'renew-after-a-read',
    question: 'And after somebody has only read it?',
    answer:
      'A read changes nothing, on no kind: the lease stays expired and can be renewed. A snapshot of a blob counts as a read.',
    scenes: [
      ...scenes('Get Blob, then renew', ['blob'], `${EXPIRED}/getBlob/renew,id=A`, '200'),
      ...scenes('Snapshot Blob, then renew', ['blob'], `${EXPIRED}/snapshotBlob/renew,id=A`, '200'),
      ...scenes(
        'Get Container Properties, then renew',
        ['container'],
        `${EXPIRED}/getContainerProperties/renew,id=A`,
        '200',
      ),
      ...scenes('Get Share Properties, then renew', ['share'], `${EXPIRED}/getShareProperties/renew,id=A`, '200'),
    ],
  },
  {
    id: 'renew-with-another-id',
    question: 'What does renewing with another id, or with none, answer?',
    answer:
      'Another id is a mismatch in every state, also after expiry. A missing id is a malformed request whatever the state: 400, not 409 or 412.',
    scenes: [
      ...scenes('leased, another id', TIMED, `${LEASED}/renew,id=B`, MISMATCH),
      ...scenes('expired, another id', TIMED, `${EXPIRED}/renew,id=B`, MISMATCH),
      ...scenes('never leased', TIMED, 'renew,id=A', MISMATCH),
      ...scenes('expired, no id', TIMED, `${EXPIRED}/renew`, '400 MissingRequiredHeader'),
    ],
  },
  {
    id: 'renew-after-a-break',
    question: 'Can a lease that somebody breaks be renewed?',
    answer:
      'No: from the break on its holder gets LeaseIsBrokenAndCannotBeRenewed, while the break period still runs as well as afterwards. Anybody else gets a mismatch, as always.',
    scenes: [
      ...scenes('breaking, its id', TIMED, `${LEASED}/break/renew,id=A`, BROKEN),
      ...scenes('broken, its id', TIMED, `${LEASED_FOR_EVER}/break/renew,id=A`, BROKEN),
      ...scenes('breaking, another id', TIMED, `${LEASED}/break/renew,id=B`, MISMATCH),
    ],
  },
  {
    id: 'renew-an-infinite-lease',
    question: 'Can a lease without end be renewed?',
    answer:
      'Yes, although there is nothing to gain: blobs, containers and shares answer 200. Lease File lists no renew among its actions, and nobody knows what the service answers to one.',
    scenes: [
      ...scenes('renew with its id', TIMED, `${LEASED_FOR_EVER}/renew,id=A`, '200'),
      ...scenes('renew with its id', ['file'], `${LEASED_FOR_EVER}/renew,id=A`, '400/405/409/412 (code: nobody knows)'),
    ],
  },
  {
    id: 'acquire-again',
    question: 'Can the holder acquire the lease that it holds?',
    answer:
      'Yes: an acquire that proposes the id that is held answers 201, starts the lease anew and may give it another duration, shorter or longer. Without that id, or with another, it is LeaseAlreadyPresent, even for the same client.',
    scenes: [
      ...scenes('proposes the id that is held', ALL, `${LEASED_FOR_EVER}/${LEASED_FOR_EVER}`, '201'),
      ...scenes('the same with a longer duration', TIMED, `${LEASED}/acquire,proposed=A,duration=60`, '201', {
        after: 'leased for 60 s as A, 60 s left',
      }),
      ...scenes('from for ever to 15 s', TIMED, `${LEASED_FOR_EVER}/${LEASED}`, '201', {
        after: 'leased for 15 s as A, 15 s left',
      }),
      ...scenes('proposes no id', ALL, `${LEASED_FOR_EVER}/acquire,duration=-1`, '409 LeaseAlreadyPresent'),
      ...scenes(
        'proposes another id',
        ALL,
        `${LEASED_FOR_EVER}/acquire,proposed=B,duration=-1`,
        '409 LeaseAlreadyPresent',
      ),
    ],
  },
]
