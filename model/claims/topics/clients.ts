import type { DocumentedClaim } from '../documented-claim.ts'
import { ALL, ask, HELD, TIMED } from './asking.ts'

/** Claims about client libraries and what their lease clients remember. */
export const CLIENT_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'no-id-before-acquire',
    title: 'A lease client that is made without an id has none before it acquires.',
    says: [
      { source: 'python-blob-lease-client', where: 'id' },
      { source: 'python-share-lease-client', where: 'id' },
    ],
    checks: ALL.map((kind) => ({
      ask: 'the client',
      kinds: [kind],
      of: 'acquire',
      moment: 'sends',
      field: 'x-ms-proposed-lease-id',
      expects: 'as asked',
    })),
    verdict: 'open',
    really:
      'The clients for .NET, Java, JavaScript and Python make up a random id at once, and propose it when they acquire. A client that proposes none would be right as well, and the service would make one up.',
  },
  {
    id: 'client-makes-an-id',
    title: 'A lease client that is made without an id gets a random one.',
    says: [
      { source: 'dotnet-blob-lease-client', where: 'the constructors' },
      { source: 'java-blob-lease-client-builder' },
    ],
    checks: ALL.map((kind) => ({
      ask: 'the client',
      kinds: [kind],
      of: 'acquire',
      moment: 'sends',
      field: 'x-ms-proposed-lease-id',
      expects: 'one of its own where none was asked',
    })),
    verdict: 'open',
    really: 'So these clients do. It is permitted and not required: without a proposed id the service makes one up.',
  },
  {
    id: 'client-duration-may-be-left-out',
    title: 'A client may leave the duration out, and the lease is infinite then.',
    says: [
      { source: 'js-share-lease-client', where: 'acquire' },
      { source: 'python-share-lease-client', where: 'acquire' },
    ],
    checks: [
      {
        ask: 'the client',
        kinds: ['share', 'file'],
        of: 'acquire',
        moment: 'sends',
        field: 'x-ms-lease-duration',
        expects: 'infinite where none was asked',
      },
    ],
    verdict: 'open',
    really:
      'The client has to send -1 then, since the service refuses an acquire without a duration. Both are permitted to a client.',
  },
  {
    id: 'lease-client-has-its-id-before-acquire',
    title: 'A lease client that is made with an id has this id before it acquires.',
    says: [
      { source: 'js-blob-lease-client', where: 'the constructor, and leaseId' },
      { source: 'js-share-lease-client', where: 'the constructor, and leaseId' },
      { source: 'python-blob-lease-client', where: 'lease_id' },
    ],
    checks: [
      {
        ask: 'the client',
        kinds: TIMED,
        of: 'renew',
        moment: 'sends',
        field: 'x-ms-lease-id',
        expects: 'as asked',
      },
      {
        ask: 'the client',
        kinds: ALL,
        of: 'release',
        moment: 'sends',
        field: 'x-ms-lease-id',
        expects: 'as asked',
      },
    ],
    verdict: 'true',
    really:
      'It sends the id with every call. That does not mean that it holds the lease: the service knows the id only once somebody has acquired with it.',
  },
  {
    id: 'existing-lease-needs-no-acquire',
    title:
      'A lease client that is made with the id of an existing lease can renew, change and release it without acquiring.',
    says: [
      { source: 'python-blob-lease-client', where: 'lease_id' },
      { source: 'python-share-lease-client', where: 'lease_id' },
    ],
    checks: [
      ask(TIMED, `${HELD}/renew,id=A`, { status: 200 }),
      ask(ALL, `${HELD}/change,id=A,proposed=B`, { status: 200 }),
      ask(ALL, `${HELD}/release,id=A`, { status: 200 }),
    ],
    verdict: 'true',
    really: 'Who knows the id is the holder: the service does not ask which client acquired it.',
  },
  {
    id: 'change-gives-the-client-the-new-id',
    title: 'After a change the lease client has the new id.',
    says: [
      { source: 'js-blob-lease-client', where: 'changeLease' },
      { source: 'js-share-lease-client', where: 'changeLease' },
    ],
    checks: [
      {
        ask: 'the client',
        kinds: ALL,
        of: 'change',
        moment: 'returns',
        field: 'remembered lease id',
        expects: 'the answered id',
      },
    ],
    verdict: 'true',
    really: 'It sends the new id with its next call; other clients that share the lease have to be told.',
  },
]
