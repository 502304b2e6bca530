import { type Fault, telling, withError, withResult } from './fault.ts'

const OLD_ETAG = '"0x0"'

/** Faults in what the caller is given. */
export const TELLING_FAULTS: readonly Fault[] = [
  {
    name: 'loses the ETag of an acquire',
    kind: 'blob',
    breaks: 'client.blob.acquire.returns.etag',
    spoil: telling(['acquire'], (ending) => withResult(ending, { etag: undefined })),
  },
  {
    name: 'gives the ETag from before a write',
    kind: 'blob',
    breaks: 'client.blob.write.returns.etag',
    spoil: telling(['setBlobMetadata'], (ending) => withResult(ending, { etag: OLD_ETAG })),
  },
  {
    name: 'takes the quotes off ETags',
    kind: 'container',
    breaks: 'client.container.observe.returns.etag',
    spoil: telling(['getContainerProperties'], (ending) =>
      withResult(ending, { etag: ending.returned?.etag?.replaceAll('"', '') }),
    ),
  },
  {
    name: 'takes the time of the answer for Last-Modified',
    kind: 'blob',
    breaks: 'client.blob.create.returns.last-modified',
    spoil: telling(['putBlob'], (ending) => withResult(ending, { 'last-modified': new Date(0).toUTCString() })),
  },
  {
    name: 'does not give the lease id',
    kind: 'container',
    breaks: 'client.container.acquire.returns.lease-id',
    spoil: telling(['acquire'], (ending) => withResult(ending, { 'x-ms-lease-id': undefined })),
  },
  {
    name: 'gives the id from before a change',
    kind: 'file',
    breaks: 'client.file.change.returns.lease-id',
    spoil: telling(['change'], (ending, _answer, _call, lease) => withResult(ending, { 'x-ms-lease-id': lease!.id })),
  },
  {
    name: 'gives the break period that was asked for as the time left',
    kind: 'blob',
    breaks: 'client.blob.break.returns.lease-time',
    spoil: telling(['break'], (ending, _, { arguments: { breakPeriod = 0 } }) =>
      withResult(ending, { 'x-ms-lease-time': String(breakPeriod) }),
    ),
  },
  {
    name: 'takes a time left of 0 for none',
    kind: 'container',
    breaks: 'client.container.break.returns.lease-time',
    spoil: telling(['break'], (ending) =>
      withResult(ending, {
        'x-ms-lease-time':
          ending.returned?.['x-ms-lease-time'] === '0' ? undefined : ending.returned?.['x-ms-lease-time'],
      }),
    ),
  },
  {
    name: 'knows no lease state but available and leased',
    kind: 'blob',
    breaks: 'client.blob.observe.returns.lease-state',
    spoil: telling(['getBlobProperties'], (ending) => {
      const state = ending.returned?.['x-ms-lease-state']
      return withResult(ending, { 'x-ms-lease-state': state === 'available' ? state : 'leased' })
    }),
  },
  {
    name: 'mixes locked and unlocked up',
    kind: 'share',
    breaks: 'client.share.observe.returns.lease-status',
    spoil: telling(['getShareProperties'], (ending) => {
      const status = ending.returned?.['x-ms-lease-status']
      return withResult(ending, { 'x-ms-lease-status': status === 'locked' ? 'unlocked' : 'locked' })
    }),
  },
  {
    name: 'gives a lease duration where there is no lease',
    kind: 'container',
    breaks: 'client.container.observe.returns.lease-duration',
    spoil: telling(['getContainerProperties'], (ending) =>
      withResult(ending, { 'x-ms-lease-duration': ending.returned?.['x-ms-lease-duration'] ?? 'infinite' }),
    ),
  },
  {
    name: 'takes every success for 200',
    kind: 'blob',
    breaks: 'client.blob.acquire.returns.status',
    spoil: telling([], (ending) => withResult(ending, { status: '200' })),
  },
  {
    name: 'fails on 202, which it does not expect of a break',
    kind: 'blob',
    breaks: 'client.blob.break.returns.outcome',
    spoil: telling(['break'], (ending, { status }) =>
      status === 202 ? { raised: { error: 'TypeError', because: 'accident' } } : ending,
    ),
  },
  {
    name: 'takes a delete of what is not there for done',
    kind: 'container',
    breaks: 'client.container.delete.throws.outcome',
    spoil: telling(['deleteContainer'], (ending, { status }) =>
      status === 404 ? { returned: { status: '202' } } : ending,
    ),
  },
  {
    name: 'gives nothing where an acquire was refused',
    kind: 'blob',
    breaks: 'client.blob.acquire.throws.outcome',
    spoil: telling(['acquire'], (ending) => (ending.raised === undefined ? ending : { returned: {} })),
  },
  {
    name: 'loses error codes of answers without a body',
    kind: 'blob',
    breaks: 'client.blob.observe.throws.code',
    spoil: telling([], (ending, { body }) => (body === '' ? withError(ending, { code: undefined }) : ending)),
  },
  {
    name: 'takes every conflict for LeaseAlreadyPresent',
    kind: 'container',
    breaks: 'client.container.renew.throws.code',
    spoil: telling([], (ending) =>
      ending.raised?.status === 409 ? withError(ending, { code: 'LeaseAlreadyPresent' }) : ending,
    ),
  },
  {
    name: 'takes 412 for 409',
    kind: 'blob',
    breaks: 'client.blob.write.throws.status',
    spoil: telling([], (ending) => (ending.raised?.status === 412 ? withError(ending, { status: 409 }) : ending)),
  },
  {
    name: 'fails to read the error of a refused release',
    kind: 'share',
    breaks: 'client.share.release.throws.outcome',
    spoil: telling(['release'], (ending) =>
      ending.raised === undefined ? ending : { raised: { error: 'SyntaxError', because: 'accident' } },
    ),
  },
  {
    name: 'calls the error of a conflict otherwise than its documentation does',
    kind: 'share',
    breaks: 'client.share.acquire.throws.error-name',
    spoil: telling(['acquire'], (ending) => withError(ending, { error: 'ConflictError' })),
  },
  {
    name: 'takes a refusal for a lost connection',
    kind: 'file',
    breaks: 'client.file.acquire.throws.outcome',
    spoil: telling(['acquire'], (ending) =>
      ending.raised === undefined ? ending : { raised: { error: 'ConnectionError', because: 'connection' } },
    ),
  },
]
