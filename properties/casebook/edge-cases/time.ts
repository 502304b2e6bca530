import { type EdgeCase, LEASED, scenes, TIMED } from './edge-case.ts'

/** To the second and to the millisecond. */
export const TIME: readonly EdgeCase[] = [
  {
    id: 'the-instant-of-expiry',
    question: 'Is a lease of 15 seconds still held after exactly 15 seconds?',
    answer:
      'We take it that it is not: it is held one millisecond before, and has ended at the instant itself. Nothing documents this and no recording is precise enough, so within a second of a deadline everything is inferred, and on a real clock either side is accepted.',
    scenes: [
      ...scenes(
        'another client acquires, 1 ms before',
        TIMED,
        `${LEASED}/wait,deadline-1ms/acquire,proposed=B,duration=15`,
        '409 LeaseAlreadyPresent',
      ),
      ...scenes(
        'another client acquires, at the instant',
        TIMED,
        `${LEASED}/wait,deadline+0ms/acquire,proposed=B,duration=15`,
        '201',
      ),
      ...scenes(
        'write without an id, 1 ms before',
        ['blob'],
        `${LEASED}/wait,deadline-1ms/setBlobMetadata`,
        '412 LeaseIdMissing',
      ),
      ...scenes('write without an id, at the instant', ['blob'], `${LEASED}/wait,deadline+0ms/setBlobMetadata`, '200'),
      ...scenes('renew, at the instant', TIMED, `${LEASED}/wait,deadline+0ms/renew,id=A`, '200'),
    ],
  },
  {
    id: 'rounding-of-seconds',
    question: 'How are the seconds left of a break rounded?',
    answer:
      'Down, by all that was seen: a lease of 15 seconds that was broken at once answered 14 far more often than 15, since a moment had passed. A break in the last second therefore answers 0, although the lease is still breaking.',
    scenes: [
      ...scenes('9.6 s left', TIMED, `${LEASED}/wait,5400ms/break`, '202', {
        leaseTime: '9',
        after: 'breaking, 9.600 s left',
      }),
      ...scenes('1 ms left', TIMED, `${LEASED}/wait,deadline-1ms/break`, '202', {
        leaseTime: '0',
        after: 'breaking, 0.001 s left',
      }),
    ],
  },
  {
    id: 'durations',
    question: 'Which durations are there?',
    answer:
      'Whole seconds from 15 to 60, and -1 for a lease without end. A file takes -1 alone. The header must be sent: no duration is not "for ever" but 400.',
    scenes: [
      ...scenes('14', TIMED, 'acquire,duration=14', '400 InvalidHeaderValue'),
      ...scenes('15', TIMED, 'acquire,duration=15', '201'),
      ...scenes('60', TIMED, 'acquire,duration=60', '201'),
      ...scenes('61', TIMED, 'acquire,duration=61', '400 InvalidHeaderValue'),
      ...scenes('0', TIMED, 'acquire,duration=0', '400 InvalidHeaderValue'),
      ...scenes('15', ['file'], 'acquire,duration=15', '400 InvalidHeaderValue'),
      ...scenes('-1', ['file'], 'acquire,duration=-1', '201'),
      ...scenes('none', [...TIMED, 'file'], 'acquire', '400 MissingRequiredHeader'),
    ],
  },
]
