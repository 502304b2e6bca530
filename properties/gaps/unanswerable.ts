import { CLIENT_RULES } from '../../model/client/client-rules.ts'
import { isDoubtful, type Unanswerable } from './gap.ts'

/**
 * Rules that no scenario of ours meets, and why: there is no such situation, so there is nothing to know. A test keeps the
 * list complete and free of what is met after all.
 */
const NO_SUCH_SITUATION: readonly Unanswerable[] = [
  {
    rules: [
      'blob-snapshot.condition.write.wildcard-and-held-id',
      'blob-snapshot.condition.write.wildcard-while-locked',
    ],
    question: 'What a conditional header does to a blob snapshot that is leased.',
    reason: 'A snapshot of a blob cannot be leased; the rule is there because the table of blobs is.',
  },
  {
    rules: ['blob-snapshot.condition.no-header-taken'],
    question: 'What a conditional header does to a lease operation on a blob snapshot.',
    reason: 'Lease operations on a snapshot are refused before their conditions are looked at.',
  },
]

/** What time on a real server hides: a request arrives some milliseconds after it was sent, nobody knows how many. */
const HIDDEN_BY_TIME: readonly Unanswerable[] = [
  {
    rules: [],
    question: 'On which side of a deadline its exact instant lies: whether a lease of 15 s is still held at +15.000 s.',
    reason:
      'Nobody knows to the millisecond when a request is served. Only a server that is told the time can be asked, and the real service cannot be told. From one second on either side a rule is as sure as its evidence; within it every field counts as inferred at most.',
  },
  {
    rules: [],
    question: 'Whether the service counts leases in whole seconds, and rounds the end of one up or down.',
    reason: 'As above: what differs by less than the way of a request cannot be seen from outside.',
  },
  {
    rules: [],
    question: 'What of a lease survives when the service moves a resource from one of its servers to another.',
    reason:
      'No request makes it do so. A lease that is gone before its time would be a divergence, if it was ever met.',
  },
]

/** What nobody knows and no request can show. */
export function unanswerable(): readonly Unanswerable[] {
  const doubted = CLIENT_RULES.filter(({ expect }) => isDoubtful(expect.level)).map(({ id }) => id)
  return [
    ...HIDDEN_BY_TIME,
    {
      rules: doubted,
      question:
        'Which lease id, and which ETag and date, the lease client of a library has to remember after a call that failed or was never sent, and after renew, release and break; and what a client library has to say to a call that the service has no operation for.',
      reason:
        'The service sees none of it. The makers of the libraries would have to document it; until then a library that differs is told as inferred.',
    },
    ...NO_SUCH_SITUATION,
  ]
}
