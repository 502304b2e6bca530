import type { DocumentedClaim } from '../documented-claim.ts'
import { ask, BROKEN, EXPIRED, HELD, TIMED } from './asking.ts'

const STATE = 'x-ms-lease-state'
const RENEWED_AFTER_20_S = 'acquire,proposed=A,duration=30/wait,20000ms/renew,id=A'

/** Claims about renewing a lease. */
export const RENEWING_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'only-leased-can-be-renewed',
    title: 'A lease has to be in the leased state to be renewed.',
    says: [{ source: 'share-lease-summary' }],
    checks: [
      ask(TIMED, `${EXPIRED}/renew,id=A`, { status: 'refusal' }),
      ask(['file'], `${HELD}/renew,id=A`, { status: 'success' }),
    ],
    verdict: { blob: 'false', container: 'false', share: 'false', file: 'open' },
    really:
      'An expired lease can be renewed too, which the reference of the same client says. A file has no renewal; what the service answers to one is not known.',
  },
  {
    id: 'renewal-adds-to-the-time-left',
    title: 'Renewing adds the duration to the time that is left.',
    says: [{ source: 'share-lease-summary', where: 'it says that renewal extends the lease by the original duration' }],
    checks: [ask(TIMED, `${RENEWED_AFTER_20_S}/wait,31000ms/{read}`, { headers: { [STATE]: 'leased' } })],
    verdict: 'false',
    really:
      'The clock starts again: a lease of 30 s that is renewed with 10 s left ends 30 s later, and not 40 s later.',
  },
  {
    id: 'lease-file-renews',
    title: 'A lease of a file can be renewed, and a renewal answers its id.',
    says: [{ source: 'lease-file', where: 'x-ms-lease-id, of the request and of the response' }],
    checks: [ask(['file'], `${HELD}/renew,id=A`, { status: 200 })],
    verdict: 'open',
    really:
      'Renew is not among the actions of Lease File; its words about renewal come from the other lease pages. Nothing shows what the service answers, but none of the plausible answers is a success.',
  },
  {
    id: 'renewal-is-for-shares-only',
    title: 'Renewing is for leases of shares only, and a client refuses to renew that of a file.',
    says: [
      { source: 'js-share-lease-client', where: 'renew' },
      { source: 'python-share-lease-client', where: 'renew' },
    ],
    checks: [
      { ask: 'the client', kinds: ['file'], of: 'renew', moment: 'sends', field: 'requests', expects: 'none' },
      { ask: 'the client', kinds: ['share'], of: 'renew', moment: 'sends', field: 'requests', expects: 'exactly one' },
    ],
    verdict: 'true',
    really: 'The client has to say so itself, without a request.',
  },
  {
    id: 'renewal-restarts-the-clock',
    title: 'Renewing restarts the clock with the duration that was acquired.',
    says: [
      { source: 'python-container-lease-guide' },
      { source: 'dotnet-blob-lease-client', where: 'Renew' },
      { source: 'share-lease-summary' },
    ],
    checks: [
      ask(TIMED, `${RENEWED_AFTER_20_S}/wait,29000ms/{read}`, { headers: { [STATE]: 'leased' } }),
      ask(TIMED, `${RENEWED_AFTER_20_S}/wait,31000ms/{read}`, { headers: { [STATE]: 'expired' } }),
    ],
    verdict: 'true',
    really: 'Also after expiry: the renewed lease lasts as long as the one that had run out.',
  },
  {
    id: 'renewal-keeps-the-duration',
    title: 'Renewing cannot change the duration.',
    says: [
      { source: 'lease-blob', where: 'x-ms-lease-duration' },
      { source: 'lease-container' },
      { source: 'lease-share' },
    ],
    checks: [
      ask(TIMED, 'acquire,proposed=A,duration=15/renew,id=A,duration=60/wait,16000ms/{read}', {
        headers: { [STATE]: 'expired' },
      }),
    ],
    verdict: 'true',
    really: 'Whether a duration that comes with a renewal is refused or ignored nobody knows; it has no effect.',
  },
  {
    id: 'reacquiring-changes-the-duration',
    title: 'The holder of an active lease can acquire it again with its id, and give a new duration.',
    says: [
      { source: 'python-container-lease-guide' },
      { source: 'dotnet-blob-lease-guide' },
      { source: 'dotnet-blob-lease-client', where: 'Acquire' },
    ],
    checks: [
      ask(TIMED, 'acquire,proposed=A,duration=15/acquire,proposed=A,duration=-1', { status: 201 }),
      ask(TIMED, 'acquire,proposed=A,duration=15/acquire,proposed=A,duration=-1/wait,61000ms/{read}', {
        headers: { [STATE]: 'leased', 'x-ms-lease-duration': 'infinite' },
      }),
      ask(TIMED, `${HELD}/acquire,proposed=A,duration=15/wait,16000ms/{read}`, { headers: { [STATE]: 'expired' } }),
    ],
    verdict: 'true',
    really: 'In both directions, from finite to infinite and back.',
  },
  {
    id: 'only-own-id-reacquires',
    title: 'While a lease is active a new one can only be requested with its id.',
    says: [
      { source: 'python-container-lease-guide' },
      { source: 'dotnet-blob-lease-client', where: 'Acquire' },
      { source: 'python-share-lease-client', where: 'acquire' },
    ],
    checks: [
      ask(['blob', 'container', 'share', 'file'], `${HELD}/acquire,proposed=B,duration=-1`, { status: 409 }),
      ask(['blob', 'container', 'share', 'file'], `${HELD}/acquire,duration=-1`, { status: 409 }),
      ask(['blob', 'container', 'share', 'file'], `${HELD}/acquire,proposed=A,duration=-1`, { status: 201 }),
    ],
    verdict: 'true',
    really:
      'Everybody else is told 409 LeaseAlreadyPresent. An acquire that is sent again without an id is refused too.',
  },
  {
    id: 'no-renewal-after-a-break',
    title: 'A lease cannot be renewed after it was broken.',
    says: [
      { source: 'python-container-lease-guide' },
      { source: 'dotnet-blob-lease-client', where: 'Break' },
      { source: 'dotnet-share-lease-client', where: 'Break' },
    ],
    checks: [
      ask(TIMED, `${BROKEN}/renew,id=A`, { status: 409 }),
      ask(TIMED, `${HELD}/break,period=60/renew,id=A`, { status: 409 }),
    ],
    verdict: 'true',
    really: 'From the moment on at which the break is started: 409 LeaseIsBrokenAndCannotBeRenewed.',
  },
  {
    id: 'no-renewal-after-release',
    title: 'A lease cannot be renewed after it was released.',
    says: [{ source: 'share-lease-summary' }, { source: 'lease-blob' }],
    checks: [ask(TIMED, `${HELD}/release,id=A/renew,id=A`, { status: 409 })],
    verdict: 'true',
    really:
      'The id is forgotten, so the code is LeaseIdMismatchWithLeaseOperation. Before version 2012-02-12 it was possible.',
  },
  {
    id: 'renewing-an-infinite-lease',
    title: 'An infinite lease can be renewed, and stays infinite.',
    says: [{ source: 'lease-blob', where: 'the outcomes of lease operations' }, { source: 'lease-container' }],
    checks: [
      ask(TIMED, `${HELD}/renew,id=A`, { status: 200 }),
      ask(TIMED, `${HELD}/renew,id=A/wait,61000ms/{read}`, { headers: { 'x-ms-lease-duration': 'infinite' } }),
    ],
    verdict: 'true',
    really: 'It changes nothing.',
  },
]
