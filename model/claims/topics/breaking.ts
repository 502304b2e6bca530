import type { DocumentedClaim } from '../documented-claim.ts'
import { ALL, ask, BREAKING, BROKEN, EXPIRED, HELD, QUOTED, TIMED } from './asking.ts'

const STATE = 'x-ms-lease-state'
const TIME = 'x-ms-lease-time'
const PAGES = [{ source: 'lease-blob' }, { source: 'lease-container' }, { source: 'lease-share' }] as const

/** Claims about breaking a lease. */
export const BREAKING_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'break-needs-an-active-lease',
    title: 'A lease has to be active to be broken.',
    says: [
      { source: 'python-container-lease-guide' },
      { source: 'python-blob-lease-client', where: 'break_lease' },
      { source: 'python-share-lease-client', where: 'break_lease' },
    ],
    checks: [
      ask(ALL, `${BROKEN}/break`, { status: 'refusal' }),
      ask(TIMED, `${EXPIRED}/break`, { status: 'refusal' }),
      ask(ALL, 'break', { status: 'refusal' }),
    ],
    verdict: 'false',
    really:
      'A lease that is broken already, and one that has expired, can be broken as well: 202. Only where there is no lease, or it was released, is it refused.',
  },
  {
    id: 'break-of-a-broken-lease-is-refused',
    title: 'Breaking a lease that was broken before is refused with 409 LeaseAlreadyBroken.',
    says: [{ source: 'blob-error-codes' }],
    checks: [ask(['blob'], `${BROKEN}/break`, { status: 409, code: 'LeaseAlreadyBroken' })],
    verdict: 'false',
    really: 'It is 202, any number of times. The code is that of versions before 2012-02-12.',
  },
  {
    id: 'break-is-harmless-without-a-lease',
    title: 'A break ends the lease if there is one, and does nothing otherwise.',
    says: [
      { source: 'java-blob-lease-client', where: 'breakLease' },
      { source: 'java-share-lease-client', where: 'breakLease' },
      { source: 'dotnet-blob-lease-client', where: 'Break' },
    ],
    checks: [ask(ALL, 'break', { status: 'success' }), ask(ALL, `${HELD}/release,id=A/break`, { status: 'success' })],
    verdict: 'false',
    really:
      'Without a lease, or after its release, it is 409 LeaseNotPresentWithLeaseOperation, and the client throws.',
  },
  {
    id: 'holder-fails-once-breaking',
    title: 'What the holder does fails as soon as a break was started.',
    says: [{ source: 'share-lease-summary', where: QUOTED }],
    checks: [
      ask(['blob'], `${BREAKING}/{write},id=A`, { status: 'refusal' }),
      ask(['share'], `${BREAKING}/{write},id=A`, { status: 'refusal' }, { atMost: 'documented' }),
      ask(['container'], `${BREAKING}/{delete},id=A`, { status: 'refusal' }),
      ask(['file'], `${BROKEN}/{write},id=A`, { status: 'refusal' }),
    ],
    verdict: { blob: 'false', container: 'false', share: 'false', file: 'true' },
    really:
      'While the lease is breaking the holder can still write and delete with its id, and release it: the break period is there for that. Only a file has none, and breaks at once.',
  },
  {
    id: 'break-without-period-is-immediate',
    title: 'A break without a period ends the lease at once.',
    says: [{ source: 'share-lease-summary' }],
    checks: [
      ask(TIMED, 'acquire,proposed=A,duration=30/break', { status: 202, headers: { [TIME]: '0' } }),
      ask(['file'], `${HELD}/break`, { status: 202, headers: { [TIME]: '0' } }),
    ],
    verdict: { blob: 'false', container: 'false', share: 'false', file: 'true' },
    really:
      'That is so of infinite leases. A finite one runs to its end, and the answer tells how many seconds that takes.',
  },
  {
    id: 'break-blocks-a-new-lease',
    title: 'After a break nobody can acquire a new lease until the old one would have expired, or is released.',
    says: [
      { source: 'python-container-lease-guide' },
      { source: 'dotnet-blob-lease-guide' },
      { source: 'lease-file', where: 'the mode Break' },
    ],
    checks: [
      ask(TIMED, 'acquire,proposed=A,duration=60/break/acquire,proposed=B,duration=15', { status: 409 }),
      ask(TIMED, 'acquire,proposed=A,duration=60/break/release,id=A/acquire,proposed=B,duration=15', { status: 201 }),
      ask(TIMED, 'acquire,proposed=A,duration=60/break/wait,61000ms/acquire,proposed=B,duration=15', { status: 201 }),
      ask(['file'], `${HELD}/break/acquire,proposed=B,duration=-1`, { status: 409 }),
    ],
    verdict: { blob: 'true', container: 'true', share: 'true', file: 'false' },
    really:
      'True of finite leases. An infinite lease that is broken without a period is over at once, and that of a file always is: a new one can be acquired immediately.',
  },
  {
    id: 'file-break-takes-a-period',
    title: 'Breaking the lease of a file takes a period of 0 to 60 s, and answers the seconds that are left.',
    says: [{ source: 'share-lease-summary', where: QUOTED }],
    checks: [ask(['file'], `${HELD}/break,period=30`, { status: 202, headers: { [TIME]: ['30', '29'] } })],
    verdict: 'false',
    really:
      'The page of Lease File has no break period, and what it answers is always 0. Whether a period that is sent is refused or ignored is not known.',
  },
  {
    id: 'lease-outlasts-the-break-period',
    title: 'A lease may be held for longer than the break period.',
    says: [
      { source: 'java-share-break-lease-options' },
      { source: 'python-share-lease-client', where: 'lease_break_period' },
    ],
    checks: [ask(TIMED, `${HELD}/break,period=10/wait,11000ms/{read}`, { headers: { [STATE]: 'breaking' } })],
    verdict: 'false',
    really: 'One second after the period it is broken.',
  },
  {
    id: 'only-break-and-release-while-breaking',
    title: 'While a lease is breaking, no operation on it succeeds but break and release.',
    says: [
      { source: 'dotnet-blob-lease-client', where: 'Break' },
      { source: 'python-blob-lease-client', where: 'break_lease' },
    ],
    checks: [
      ask(TIMED, `${BREAKING}/acquire,proposed=A,duration=15`, { status: 409 }),
      ask(TIMED, `${BREAKING}/acquire,proposed=B,duration=15`, { status: 409 }),
      ask(TIMED, `${BREAKING}/renew,id=A`, { status: 409 }),
      ask(TIMED, `${BREAKING}/change,id=A,proposed=B`, { status: 409 }),
      ask(TIMED, `${BREAKING}/break`, { status: 202 }),
      ask(TIMED, `${BREAKING}/release,id=A`, { status: 200 }),
    ],
    verdict: 'true',
    really:
      'To the holder acquire, renew and change each answer another code: LeaseIsBreakingAndCannotBeAcquired, LeaseIsBrokenAndCannotBeRenewed, LeaseIsBreakingAndCannotBeChanged.',
  },
  {
    id: 'anybody-can-break',
    title: 'A break needs no lease id, and does not look at the one that it is given.',
    says: [
      { source: 'python-container-lease-guide' },
      { source: 'dotnet-blob-lease-client', where: 'Break' },
      ...PAGES,
      { source: 'lease-file' },
    ],
    checks: [ask(ALL, `${HELD}/break`, { status: 202 }), ask(ALL, `${HELD}/break,id=B`, { status: 202 })],
    verdict: 'true',
    really: 'Even the id of another lease breaks this one.',
  },
  {
    id: 'break-without-period',
    title: 'Without a break period a finite lease runs to its end, and an infinite one ends at once.',
    says: [...PAGES, { source: 'python-share-lease-client', where: 'lease_break_period' }],
    checks: [
      ask(TIMED, 'acquire,proposed=A,duration=30/break', { status: 202, headers: { [TIME]: ['30', '29'] } }),
      ask(TIMED, 'acquire,proposed=A,duration=30/break/wait,31000ms/{read}', { headers: { [STATE]: 'broken' } }),
      ask(TIMED, `${HELD}/break`, { status: 202, headers: { [TIME]: '0' } }),
      ask(TIMED, `${HELD}/break/{read}`, { headers: { [STATE]: 'broken' } }),
    ],
    verdict: 'true',
    really:
      'x-ms-lease-time is in whole seconds, rounded down: a lease of 30 s that is broken at once mostly answers 29.',
  },
  {
    id: 'break-period-is-an-upper-limit',
    title: 'A break period that is longer than the time left counts as the time left.',
    says: [...PAGES, { source: 'java-share-break-lease-options' }],
    checks: [
      ask(TIMED, 'acquire,proposed=A,duration=15/break,period=60', { status: 202, headers: { [TIME]: ['15', '14'] } }),
      ask(TIMED, 'acquire,proposed=A,duration=15/break,period=60/wait,16000ms/{read}', {
        headers: { [STATE]: 'broken' },
      }),
      ask(TIMED, 'acquire,proposed=A,duration=60/break,period=5/wait,6000ms/{read}', {
        headers: { [STATE]: 'broken' },
      }),
    ],
    verdict: 'true',
    really: 'An infinite lease has no time left to compare with: the period counts in full.',
  },
  {
    id: 'second-break-only-shortens',
    title: 'A second break can bring the end nearer, and never puts it off.',
    says: PAGES,
    checks: [
      ask(TIMED, `${HELD}/break,period=10/break,period=40`, { status: 202, headers: { [TIME]: ['10', '9'] } }),
      ask(TIMED, `${HELD}/break,period=40/break,period=10`, { status: 202, headers: { [TIME]: ['10', '9'] } }),
      ask(TIMED, `${HELD}/break,period=40/break,period=0/{read}`, { headers: { [STATE]: 'broken' } }),
    ],
    verdict: 'true',
    really: 'Without a period the second break changes nothing, and answers the time left.',
  },
  {
    id: 'broken-lease-cannot-be-changed',
    title: 'Once a lease is broken, its id cannot be changed.',
    says: [{ source: 'python-share-lease-client', where: 'break_lease' }],
    checks: [ask(ALL, `${BROKEN}/change,id=A,proposed=B`, { status: 409 })],
    verdict: 'true',
    really: 'The code is LeaseNotPresentWithLeaseOperation: for a change a broken lease is none.',
  },
  {
    id: 'break-without-lease-is-409',
    title: 'A break where nothing is leased is refused with 409.',
    says: [...PAGES, { source: 'lease-file' }],
    checks: [ask(ALL, 'break', { status: 409 }), ask(ALL, `${HELD}/release,id=A/break`, { status: 409 })],
    verdict: 'true',
    really:
      'With LeaseNotPresentWithLeaseOperation, where release and renew say LeaseIdMismatchWithLeaseOperation of the same situation.',
  },
]
