import type { DocumentedClaim } from '../documented-claim.ts'
import { ALL, ask, BREAKING, BROKEN, EXPIRED, HELD, TIMED } from './asking.ts'

const TIME = 'x-ms-lease-time'
const PAGES = [
  { source: 'lease-blob' },
  { source: 'lease-container' },
  { source: 'lease-share' },
  { source: 'lease-file' },
] as const

/** Claims about the headers of lease operations. */
export const HEADER_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'only-break-answers-a-lease-time',
    title: 'Only a break answers x-ms-lease-time.',
    says: PAGES,
    checks: [
      ask(ALL, `${HELD}/release,id=A`, { headers: { [TIME]: 'absent' } }),
      ask(ALL, `${HELD}/change,id=A,proposed=B`, { headers: { [TIME]: 'absent' } }),
    ],
    verdict: { blob: 'true', container: 'true', share: 'false', file: 'true' },
    really: 'The release of a share answers x-ms-lease-time: 0 as well.',
  },
  {
    id: 'share-break-answers-the-id',
    title: 'The break of a share answers its lease id.',
    says: [{ source: 'file-swagger' }],
    checks: [ask(['share'], `${HELD}/break`, { headers: { 'x-ms-lease-id': 'present' } })],
    verdict: 'false',
    really: 'No break answers an id.',
  },
  {
    id: 'lease-operations-keep-the-etag',
    title: 'No lease operation changes the ETag or Last-Modified.',
    says: PAGES,
    checks: [
      ask(ALL, HELD, { headers: { etag: 'unchanged', 'last-modified': 'unchanged' } }),
      ask(ALL, `${HELD}/break`, { headers: { etag: 'unchanged', 'last-modified': 'unchanged' } }),
      ask(ALL, `${HELD}/release,id=A`, { headers: { etag: 'unchanged', 'last-modified': 'unchanged' } }),
    ],
    verdict: 'true',
    really: 'From version 2013-08-15 on; before that a lease operation changed those of a container.',
  },
  {
    id: 'any-form-of-guid',
    title: 'A lease id may be written in any form that .NET reads as a GUID.',
    says: PAGES,
    checks: [
      ask(ALL, 'acquire,proposed=A@N,duration=-1', { status: 201, headers: { 'x-ms-lease-id': 'A' } }),
      ask(ALL, 'acquire,proposed=A@B,duration=-1', { status: 201, headers: { 'x-ms-lease-id': 'A' } }),
      ask(ALL, `${HELD}/release,id=A@N`, { status: 200 }),
    ],
    verdict: 'true',
    really:
      'It comes back in lower case with hyphens, however it was sent: a client that compares the texts is wrong. Only the form without hyphens was recorded.',
  },
  {
    id: 'malformed-ids-are-400',
    title: 'A lease id that is no GUID is refused with 400.',
    says: [...PAGES, { source: 'python-share-lease-client', where: 'change' }],
    checks: [
      ask(ALL, 'acquire,proposed=malformed:notaguid,duration=-1', { status: 400, code: 'InvalidHeaderValue' }),
      ask(ALL, 'release,id=malformed:notaguid', { status: 400, code: 'InvalidHeaderValue' }),
    ],
    verdict: 'true',
    really: 'Before anything else is looked at, also where nothing is leased.',
  },
  {
    id: 'breaking-is-locked',
    title: 'x-ms-lease-status is locked while a resource is leased or breaking, and unlocked in every other state.',
    says: [{ source: 'lease-blob' }, { source: 'get-blob-properties' }, { source: 'get-share-properties' }],
    checks: [
      ask(ALL, `${HELD}/{read}`, { headers: { 'x-ms-lease-status': 'locked' } }),
      ask(TIMED, `${BREAKING}/{read}`, { headers: { 'x-ms-lease-status': 'locked' } }),
      ask(ALL, `${BROKEN}/{read}`, { headers: { 'x-ms-lease-status': 'unlocked' } }),
      ask(TIMED, `${EXPIRED}/{read}`, { headers: { 'x-ms-lease-status': 'unlocked' } }),
    ],
    verdict: 'true',
    really: 'Only x-ms-lease-state tells breaking from leased, and available from broken and expired.',
  },
  {
    id: 'lease-on-nothing-is-404',
    title: 'A lease operation on what is not there is answered 404.',
    says: [{ source: 'blob-error-codes' }, { source: 'file-error-codes' }],
    checks: ALL.flatMap((kind) => [
      ask([kind], 'acquire,proposed=A,duration=-1', { status: 404 }, { world: `${kind}-absent` }),
      ask([kind], 'release,id=A', { status: 404 }, { world: `${kind}-absent` }),
      ask([kind], 'break', { status: 404 }, { world: `${kind}-absent` }),
    ]),
    verdict: 'true',
    really: 'BlobNotFound, ContainerNotFound, ShareNotFound or, for a file, ResourceNotFound.',
  },
  {
    id: 'duration-is-reported-while-leased',
    title: 'x-ms-lease-duration is reported while a resource is leased, and only then.',
    says: [{ source: 'get-blob-properties' }, { source: 'get-share-properties' }, { source: 'get-file-properties' }],
    checks: [
      ask(ALL, `${HELD}/{read}`, { headers: { 'x-ms-lease-duration': 'infinite' } }),
      ask(ALL, `${HELD}/break/{read}`, { headers: { 'x-ms-lease-duration': 'absent' } }),
      ask(ALL, '{read}', { headers: { 'x-ms-lease-duration': 'absent' } }),
    ],
    verdict: 'true',
    really: 'Not while breaking either.',
  },
]
