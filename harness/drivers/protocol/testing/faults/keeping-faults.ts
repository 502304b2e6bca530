import { type Fault, keeping } from './fault.ts'

const OTHER_ID = '99999999-9999-4999-8999-999999999999'

/** Faults in what a lease client remembers. */
export const KEEPING_FAULTS: readonly Fault[] = [
  {
    name: 'keeps the id from before a change',
    kind: 'blob',
    breaks: 'client.blob.change.returns.remembered-lease-id',
    spoil: keeping(['change'], 'success', (kept, before) => ({ ...kept, id: before.id })),
  },
  {
    name: 'takes the proposed id before the change is answered',
    kind: 'container',
    breaks: 'client.container.change.throws.remembered-lease-id',
    spoil: keeping(['change'], 'refusal', (kept, _, call) => ({ ...kept, id: call.arguments.proposedLeaseId! })),
  },
  {
    name: 'makes itself a new id once it has acquired',
    kind: 'share',
    breaks: 'client.share.acquire.returns.remembered-lease-id',
    spoil: keeping(['acquire'], 'success', (kept) => ({ ...kept, id: OTHER_ID })),
  },
  {
    name: 'makes itself a new id on release',
    kind: 'blob',
    breaks: 'client.blob.release.returns.remembered-lease-id',
    spoil: keeping(['release'], 'success', (kept) => ({ ...kept, id: OTHER_ID })),
  },
  {
    name: 'forgets its id when a renew is refused',
    kind: 'container',
    breaks: 'client.container.renew.throws.remembered-lease-id',
    spoil: keeping(['renew'], 'refusal', (kept) => ({ ...kept, id: '' })),
  },
  {
    name: 'forgets its id when the lease is broken',
    kind: 'file',
    breaks: 'client.file.break.returns.remembered-lease-id',
    spoil: keeping(['break'], 'success', (kept) => ({ ...kept, id: '' })),
  },
  {
    name: 'shows the ETag of the first acquire for ever',
    kind: 'blob',
    breaks: 'client.blob.renew.returns.remembered-etag',
    spoil: keeping(['renew', 'change', 'release'], 'success', (kept, before) => ({ ...kept, etag: before.etag })),
  },
  {
    name: 'shows the date of the first acquire for ever',
    kind: 'container',
    breaks: 'client.container.change.returns.remembered-last-modified',
    spoil: keeping(['renew', 'change', 'release'], 'success', (kept, before) => ({
      ...kept,
      lastModified: before.lastModified,
    })),
  },
  {
    name: 'shows no ETag of a lease that it has acquired',
    kind: 'share',
    breaks: 'client.share.acquire.returns.remembered-etag',
    spoil: keeping(['acquire'], 'success', (kept) => ({ ...kept, etag: undefined })),
  },
  {
    name: 'forgets ETag and date when it is refused',
    kind: 'blob',
    breaks: 'client.blob.renew.throws.remembered-etag',
    spoil: keeping([], 'refusal', ({ id }) => ({ id })),
  },
]
