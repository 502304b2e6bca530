import type { DocumentedClaim } from '../documented-claim.ts'
import { ALL, ask, BREAKING, HELD, TIMED } from './asking.ts'

/** Claims about changing the id of a lease. */
export const CHANGING_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'change-needs-the-current-id',
    title: 'A change has to carry the current lease id.',
    says: [
      { source: 'python-share-lease-client', where: 'change' },
      { source: 'python-blob-lease-client', where: 'change' },
    ],
    checks: [ask(ALL, `${HELD}/change,id=B,proposed=A`, { status: 'refusal' })],
    verdict: 'false',
    really:
      'A change to the id that the lease has already succeeds, whatever the current id is said to be: 200. So a change can be repeated when its answer was lost.',
  },
  {
    id: 'change-needs-no-proposed-id',
    title: 'The proposed lease id of a change is optional.',
    says: [{ source: 'file-swagger' }],
    checks: [ask(ALL, `${HELD}/change,id=A`, { status: 'success' })],
    verdict: 'false',
    really: 'It is required, as the pages say: 400.',
  },
  {
    id: 'wrong-change-is-409',
    title: 'A change to a new id with a wrong current id is refused with 409.',
    says: [
      { source: 'lease-blob' },
      { source: 'lease-container' },
      { source: 'lease-share' },
      { source: 'lease-file' },
    ],
    checks: [ask(ALL, `${HELD}/change,id=B,proposed=C`, { status: 409 })],
    verdict: 'true',
    really: 'The code is LeaseIdMismatchWithLeaseOperation.',
  },
  {
    id: 'change-keeps-duration-and-clock',
    title: 'A change gives the lease another id and leaves its duration and its clock alone.',
    says: [
      { source: 'lease-blob', where: 'x-ms-lease-duration' },
      { source: 'lease-container' },
      { source: 'lease-share' },
    ],
    checks: [
      ask(ALL, `${HELD}/change,id=A,proposed=B`, { status: 200, headers: { 'x-ms-lease-id': 'B' } }),
      ask(TIMED, 'acquire,proposed=A,duration=15/wait,10000ms/change,id=A,proposed=B/wait,6000ms/{read}', {
        headers: { 'x-ms-lease-state': 'expired' },
      }),
    ],
    verdict: 'true',
    really: 'The holder of the old id has lost the lease, and the time left is what it was.',
  },
  {
    id: 'own-id-while-breaking-is-409',
    title: 'To its own holder a lease that is breaking answers 409 to acquire, renew and change.',
    says: [{ source: 'lease-blob', where: 'the outcomes of lease operations' }, { source: 'lease-container' }],
    checks: [
      ask(TIMED, `${BREAKING}/acquire,proposed=A,duration=15`, {
        status: 409,
        code: 'LeaseIsBreakingAndCannotBeAcquired',
      }),
      ask(TIMED, `${BREAKING}/renew,id=A`, { status: 409, code: 'LeaseIsBrokenAndCannotBeRenewed' }),
      ask(TIMED, `${BREAKING}/change,id=A,proposed=B`, { status: 409, code: 'LeaseIsBreakingAndCannotBeChanged' }),
    ],
    verdict: 'true',
    really:
      'Each with a code of its own; to anybody else the codes are LeaseAlreadyPresent and twice LeaseIdMismatchWithLeaseOperation.',
  },
]
