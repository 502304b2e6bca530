import type { DocumentedClaim } from '../documented-claim.ts'
import { ALL, ask, TIMED } from './asking.ts'

/** Claims about how long a lease lasts. */
export const DURATION_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'file-leases-of-15-to-60-s',
    title: 'A file can be leased for 15 to 60 s.',
    says: [
      { source: 'share-lease-summary' },
      { source: 'dotnet-share-lease-client', where: 'Acquire' },
      { source: 'cpp-share-lease-client', where: 'Acquire' },
      { source: 'file-swagger' },
    ],
    checks: [
      ask(['file'], 'acquire,proposed=A,duration=15', { status: 201 }),
      ask(['file'], 'acquire,proposed=A,duration=20', { status: 201 }),
    ],
    verdict: 'false',
    really: 'The only lease of a file is the infinite one; everything else is 400 InvalidHeaderValue.',
  },
  {
    id: 'share-leases-are-infinite',
    title: 'A share can be leased for ever only.',
    says: [
      { source: 'share-lease-summary' },
      { source: 'lease-share', where: 'the title of the row x-ms-lease-duration, against its own text' },
    ],
    checks: [ask(['share'], 'acquire,proposed=A,duration=15', { status: 'refusal' })],
    verdict: 'false',
    really: 'A share takes 15 to 60 s as a container does: the summary has shares and files the wrong way round.',
  },
  {
    id: 'duration-is-optional',
    title: 'The duration of an acquire is optional.',
    says: [{ source: 'blob-swagger' }, { source: 'file-swagger' }],
    checks: [ask(ALL, 'acquire,proposed=A', { status: 'success' })],
    verdict: 'false',
    really:
      'Without it the request is refused with 400. Client libraries that let it be left out send one of their own.',
  },
  {
    id: 'duration-is-required',
    title: 'An acquire has to carry a duration.',
    says: [
      { source: 'lease-blob' },
      { source: 'lease-container' },
      { source: 'lease-share' },
      { source: 'lease-file' },
    ],
    checks: [ask(ALL, 'acquire,proposed=A', { status: 400 })],
    verdict: 'true',
    really: 'From version 2012-02-12 on; before that there was no such header.',
  },
  {
    id: 'durations-of-15-to-60-s',
    title: 'Blobs, containers and shares can be leased for 15 to 60 s or for ever, and for no other time.',
    says: [{ source: 'lease-blob' }, { source: 'lease-container' }, { source: 'lease-share' }],
    checks: [
      ...['15', '60', '-1'].map((seconds) => ask(TIMED, `acquire,proposed=A,duration=${seconds}`, { status: 201 })),
      ...['0', '14', '61', '-2'].map((seconds) =>
        ask(TIMED, `acquire,proposed=A,duration=${seconds}`, { status: 400 }),
      ),
    ],
    verdict: 'true',
    really: 'Anything else is 400 InvalidHeaderValue.',
  },
  {
    id: 'file-leases-are-infinite',
    title: 'A file can be leased for ever only.',
    says: [
      { source: 'lease-file' },
      { source: 'js-share-lease-client', where: 'acquire' },
      { source: 'python-share-lease-client', where: 'acquire' },
    ],
    checks: [
      ask(['file'], 'acquire,proposed=A,duration=-1', { status: 201 }),
      ask(['file'], 'acquire,proposed=A,duration=15', { status: 400 }),
      ask(['file'], 'acquire,proposed=A,duration=60', { status: 400 }),
    ],
    verdict: 'true',
    really: 'It is held until it is released or broken.',
  },
]
