import type { DocumentedClaim } from '../documented-claim.ts'
import { ALL, ask, BREAKING, BROKEN, EXPIRED, HELD, TIMED } from './asking.ts'

/** Claims about releasing a lease. */
export const RELEASING_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'release-lets-others-in',
    title: 'After a release another client can acquire a lease at once.',
    says: [
      { source: 'python-container-lease-guide' },
      { source: 'dotnet-blob-lease-guide' },
      { source: 'python-share-lease-client', where: 'release' },
      { source: 'share-lease-summary' },
    ],
    checks: [ask(ALL, `${HELD}/release,id=A/acquire,proposed=B,duration=-1`, { status: 201 })],
    verdict: 'true',
    really: 'The resource is available in the same instant.',
  },
  {
    id: 'broken-lease-can-be-released',
    title: 'A lease that was broken can be released, and the resource can then be leased at once.',
    says: [
      { source: 'dotnet-blob-lease-client', where: 'Break' },
      { source: 'dotnet-share-lease-client', where: 'Break' },
    ],
    checks: [
      ask(ALL, `${BROKEN}/release,id=A`, { status: 200 }),
      ask(TIMED, `${BREAKING}/release,id=A/acquire,proposed=B,duration=-1`, { status: 201 }),
      ask(['file'], `${BROKEN}/release,id=A/acquire,proposed=B,duration=-1`, { status: 201 }),
    ],
    verdict: 'true',
    really: 'With the id of the lease, while it is breaking and after that.',
  },
  {
    id: 'second-release-is-409',
    title: 'Releasing a lease that was released before is refused with 409.',
    says: [{ source: 'lease-blob', where: 'the outcomes of lease operations' }, { source: 'lease-container' }],
    checks: [ask(ALL, `${HELD}/release,id=A/release,id=A`, { status: 409 })],
    verdict: 'true',
    really:
      'The id is forgotten, so the code is LeaseIdMismatchWithLeaseOperation: a client that repeats a release whose answer was lost is told that it holds the wrong lease.',
  },
  {
    id: 'release-needs-the-id',
    title: 'A lease can only be released with its id.',
    says: [{ source: 'python-container-lease-guide' }, { source: 'python-share-lease-client', where: 'release' }],
    checks: [
      ask(ALL, `${HELD}/release,id=B`, { status: 409 }),
      ask(ALL, `${BROKEN}/release,id=B`, { status: 409 }),
      ask(ALL, `${HELD}/release`, { status: 400 }),
    ],
    verdict: 'true',
    really: 'Another id is 409 LeaseIdMismatchWithLeaseOperation, none at all is 400.',
  },
  {
    id: 'expired-lease-can-be-released',
    title: 'An expired lease can still be released, which makes the resource available.',
    says: [{ source: 'lease-blob', where: 'the outcomes of lease operations' }, { source: 'lease-container' }],
    checks: [
      ask(TIMED, `${EXPIRED}/release,id=A`, { status: 200 }),
      ask(TIMED, `${EXPIRED}/release,id=A/{read}`, { headers: { 'x-ms-lease-state': 'available' } }),
    ],
    verdict: 'true',
    really: 'By documentation only: no recording shows it.',
  },
]
