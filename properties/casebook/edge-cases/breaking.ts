import { ALL, type EdgeCase, EXPIRED, LEASED, LEASED_FOR_EVER, scenes, TIMED } from './edge-case.ts'

const NOT_PRESENT = '409 LeaseNotPresentWithLeaseOperation'
const IN_TEN = `${LEASED_FOR_EVER}/break,period=10`
const PERIOD_OF_A_FILE = '400 (code: nobody knows) or 202'

/** Breaks, once and twice. */
export const BREAKING: readonly EdgeCase[] = [
  {
    id: 'break-without-a-period',
    question: 'How long does a break without a period take?',
    answer:
      'As long as the lease has left. A lease without end has no time left to wait for, so it is broken at once, as is every lease of a file. The answer, 202, tells the seconds left in x-ms-lease-time.',
    scenes: [
      ...scenes('a lease of 15 s', TIMED, `${LEASED}/break`, '202', { leaseTime: '15', after: 'breaking, 15 s left' }),
      ...scenes('a lease without end', ALL, `${LEASED_FOR_EVER}/break`, '202', { leaseTime: '0', after: 'broken' }),
    ],
  },
  {
    id: 'break-with-a-period',
    question: 'What does a break period do?',
    answer:
      'The lease ends after the period or when it would have ended anyway, whichever is sooner: a period can shorten a lease and never lengthens it. Zero breaks at once. It is the only way to let a lease without end go on for a while. The header is not among those of Lease File, and nobody knows whether a file refuses or ignores it.',
    scenes: [
      ...scenes('15 s left, period 5', TIMED, `${LEASED}/break,period=5`, '202', { after: 'breaking, 5 s left' }),
      ...scenes('15 s left, period 60', TIMED, `${LEASED}/break,period=60`, '202', { after: 'breaking, 15 s left' }),
      ...scenes('15 s left, period 0', TIMED, `${LEASED}/break,period=0`, '202', { after: 'broken' }),
      ...scenes('without end, period 5', TIMED, `${LEASED_FOR_EVER}/break,period=5`, '202', {
        after: 'breaking, 5 s left',
      }),
      ...scenes('without end, period 5', ['file'], `${LEASED_FOR_EVER}/break,period=5`, PERIOD_OF_A_FILE),
      ...scenes('period 61', TIMED, `${LEASED}/break,period=61`, '400 InvalidHeaderValue'),
    ],
  },
  {
    id: 'break-twice',
    question: 'What does a second break do?',
    answer:
      'It succeeds, and can only bring the end nearer: a shorter period shortens the break, a longer one or none leaves it as it is. What is broken already stays broken, and answers 202 with 0 seconds.',
    scenes: [
      ...scenes('10 s left, no period', TIMED, `${IN_TEN}/break`, '202', {
        leaseTime: '10',
        after: 'breaking, 10 s left',
      }),
      ...scenes('10 s left, period 5', TIMED, `${IN_TEN}/break,period=5`, '202', { after: 'breaking, 5 s left' }),
      ...scenes('10 s left, period 60', TIMED, `${IN_TEN}/break,period=60`, '202', { after: 'breaking, 10 s left' }),
      ...scenes('10 s left, period 0', TIMED, `${IN_TEN}/break,period=0`, '202', { after: 'broken' }),
      ...scenes('broken already', ALL, `${LEASED_FOR_EVER}/break/break`, '202', { leaseTime: '0', after: 'broken' }),
    ],
  },
  {
    id: 'break-without-a-lease',
    question: 'What does a break answer where no lease is held?',
    answer:
      'Where there never was a lease, or it was released, 409. An expired one can be broken: 202, and its holder can no longer renew it.',
    scenes: [
      ...scenes('never leased', ALL, 'break', NOT_PRESENT),
      ...scenes('released', ALL, `${LEASED_FOR_EVER}/release,id=A/break`, NOT_PRESENT),
      ...scenes('expired', TIMED, `${EXPIRED}/break`, '202', { leaseTime: '0', after: 'broken' }),
    ],
  },
  {
    id: 'break-with-a-wrong-id',
    question: 'Does a break need the lease id?',
    answer: 'No. It takes none, and ignores one that is sent, even if it is of another lease.',
    scenes: scenes('a break with another id', ALL, `${LEASED_FOR_EVER}/break,id=B`, '202', { after: 'broken' }),
  },
  {
    id: 'own-id-while-breaking',
    question: 'What can the holder do while its lease is breaking?',
    answer:
      'Everything but keep it: with its id it can still write and delete, and releasing lets others in before the period ends. It cannot renew the lease, change its id or acquire it again.',
    scenes: [
      ...scenes('Set Blob Metadata with the id', ['blob'], `${LEASED}/break/setBlobMetadata,id=A`, '200'),
      ...scenes(
        'Set Container Metadata with the id',
        ['container'],
        `${LEASED}/break/setContainerMetadata,id=A`,
        '200',
      ),
      ...scenes('Set Share Metadata with the id', ['share'], `${LEASED}/break/setShareMetadata,id=A`, '200'),
      ...scenes('Delete Blob with the id', ['blob'], `${LEASED}/break/deleteBlob,id=A`, '202'),
      ...scenes('Set Blob Metadata without an id', ['blob'], `${LEASED}/break/setBlobMetadata`, '412 LeaseIdMissing'),
      ...scenes('release', TIMED, `${LEASED}/break/release,id=A`, '200', { after: 'available' }),
      ...scenes('acquire with its id', TIMED, `${LEASED}/break/${LEASED}`, '409 LeaseIsBreakingAndCannotBeAcquired'),
      ...scenes(
        'change its id',
        TIMED,
        `${LEASED}/break/change,id=A,proposed=B`,
        '409 LeaseIsBreakingAndCannotBeChanged',
      ),
      ...scenes(
        'somebody else acquires',
        TIMED,
        `${LEASED}/break/acquire,proposed=B,duration=15`,
        '409 LeaseAlreadyPresent',
      ),
    ],
  },
]
