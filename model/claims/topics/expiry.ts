import type { DocumentedClaim } from '../documented-claim.ts'
import { ask, EXPIRED, TIMED } from './asking.ts'

const STATE = 'x-ms-lease-state'
const MODIFIED = { withStepBefore: true } as const

/** Claims about leases that have run out. */
export const EXPIRY_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'renew-after-expiry-unless-leased-again',
    title:
      'An expired lease can be renewed as long as nobody has leased the resource again, whatever else was done to it.',
    says: [
      { source: 'dotnet-blob-lease-client', where: 'Renew' },
      { source: 'python-blob-lease-client', where: 'renew' },
      { source: 'python-container-lease-guide' },
      { source: 'js-share-lease-client', where: 'renew' },
      { source: 'python-share-lease-client', where: 'renew' },
    ],
    checks: [ask(TIMED, `${EXPIRED}/{write}/renew,id=A`, { status: 200 }, MODIFIED)],
    verdict: { blob: 'false', container: 'true', share: 'open' },
    really:
      'A container forgets nothing. A blob that is written after expiry becomes available and forgets the id, so that the renewal is 409 LeaseIdMismatchWithLeaseOperation; the client libraries describe blob and container in one sentence that is only right for the container. What a write does to an expired share nobody knows.',
  },
  {
    id: 'expired-lease-is-released',
    title: 'A finite lease is released by the service when it expires.',
    says: [{ source: 'concurrency-guide' }],
    checks: [ask(['blob', 'container'], `${EXPIRED}/{read}`, { headers: { [STATE]: 'available' } })],
    verdict: 'false',
    really:
      'It becomes expired, which is another state than available: the service remembers the id, and the holder can still renew.',
  },
  {
    id: 'wait-a-minute-after-expiry',
    title: 'After a lease has expired it may take up to a minute until another one can be acquired.',
    says: [{ source: 'lease-blob' }, { source: 'lease-container' }, { source: 'lease-share' }],
    checks: [ask(TIMED, `${EXPIRED}/acquire,proposed=B,duration=15`, { status: 'refusal' })],
    verdict: 'false',
    really: 'Another lease can be acquired at once, as the outcome tables of the same pages say.',
  },
  {
    id: 'write-leaves-expired-lease',
    title: 'A write without an id leaves an expired lease as it is.',
    says: [
      { source: 'lease-container', where: 'the outcomes of use attempts' },
      { source: 'lease-share', where: 'the outcomes of use attempts' },
    ],
    checks: [ask(TIMED, `${EXPIRED}/{write}/{read}`, { headers: { [STATE]: 'expired' } })],
    verdict: { blob: 'false', container: 'true', share: 'open' },
    really:
      'True of a container. A blob becomes available, as its own page says. The row of Lease Share that says so is wrong about held leases, so nobody knows about expired ones.',
  },
  {
    id: 'write-resets-ended-blob-lease',
    title: 'A write without an id makes a blob available whose lease has ended.',
    says: [{ source: 'lease-blob', where: 'the outcomes of use attempts' }],
    checks: [
      ask(['blob'], `${EXPIRED}/{write}/{read}`, { headers: { [STATE]: 'available' } }),
      ask(['blob'], 'acquire,proposed=A,duration=-1/break/{write}/{read}', { headers: { [STATE]: 'available' } }),
    ],
    verdict: 'true',
    really: 'The blob forgets the id, and with it everything that its last holder could still do.',
  },
  {
    id: 'tagging-is-no-modification',
    title: 'An expired lease of a blob can be renewed unless the blob was modified, and new tags are no modification.',
    says: [{ source: 'lease-blob', where: 'the word modified; the page does not speak of tags or tiers' }],
    checks: [
      ask(['blob'], `${EXPIRED}/setBlobTags/renew,id=A`, { status: 200 }, MODIFIED),
      ask(['blob'], `${EXPIRED}/setBlobTier/renew,id=A`, { status: 200 }, MODIFIED),
    ],
    verdict: 'open',
    really:
      'Set Blob Tags and Set Blob Tier leave the ETag alone. Nobody has recorded whether the blob forgets its lease.',
  },
  {
    id: 'renew-after-expiry-if-untouched',
    title: 'An expired lease can be renewed if the resource was neither modified nor leased again.',
    says: [{ source: 'dotnet-blob-lease-guide' }, { source: 'lease-blob' }, { source: 'lease-container' }],
    checks: [
      ask(TIMED, `${EXPIRED}/renew,id=A`, { status: 200 }),
      ask(TIMED, `${EXPIRED}/{read}/renew,id=A`, { status: 200 }),
    ],
    verdict: 'true',
    really: 'A read in between does not matter either.',
  },
  {
    id: 'no-renewal-after-a-write',
    title: 'A blob that was modified after its lease expired cannot be renewed.',
    says: [{ source: 'dotnet-blob-lease-guide' }, { source: 'lease-blob' }],
    checks: [ask(['blob'], `${EXPIRED}/{write}/renew,id=A`, { status: 409 }, MODIFIED)],
    verdict: 'true',
    really: 'The answer is 409 LeaseIdMismatchWithLeaseOperation, as if the blob had never been leased.',
  },
  {
    id: 'no-renewal-after-another-lease',
    title: 'An expired lease cannot be renewed once the resource was leased again.',
    says: [{ source: 'python-container-lease-guide' }, { source: 'dotnet-blob-lease-client', where: 'Renew' }],
    checks: [
      ask(TIMED, `${EXPIRED}/acquire,proposed=B,duration=15/renew,id=A`, { status: 409 }),
      ask(TIMED, `${EXPIRED}/acquire,proposed=B,duration=15/release,id=B/renew,id=A`, { status: 409 }),
    ],
    verdict: 'true',
    really: 'Not even after the later lease has been released.',
  },
  {
    id: 'acquire-after-expiry',
    title: 'Anybody can acquire a lease where the last one has expired, the last holder included.',
    says: [{ source: 'lease-blob' }, { source: 'lease-container' }, { source: 'lease-share' }],
    checks: [
      ask(TIMED, `${EXPIRED}/acquire,proposed=B,duration=15`, { status: 201 }),
      ask(TIMED, `${EXPIRED}/acquire,proposed=A,duration=15`, { status: 201 }),
    ],
    verdict: 'true',
    really: 'From one second after the deadline on this is recorded; at the very instant of it nobody looked.',
  },
  {
    id: 'break-ends-renewability',
    title: 'Breaking an expired lease succeeds, and the lease can no longer be renewed.',
    says: [{ source: 'lease-blob' }, { source: 'lease-container' }, { source: 'lease-share' }],
    checks: [
      ask(TIMED, `${EXPIRED}/break`, { status: 202 }),
      ask(TIMED, `${EXPIRED}/break/renew,id=A`, { status: 409 }, MODIFIED),
    ],
    verdict: 'true',
    really: 'A break that looks as if it had nothing to do takes the last holder the right to renew.',
  },
]
