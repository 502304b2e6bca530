import { asking, type Fault, withHeaders } from './fault.ts'

const ID = 'x-ms-lease-id'
const PROPOSED = 'x-ms-proposed-lease-id'
const DURATION = 'x-ms-lease-duration'
const PERIOD = 'x-ms-lease-break-period'
const ACTION = 'x-ms-lease-action'
const OTHER_ID = '99999999-9999-4999-8999-999999999999'

const dropping = (calls: readonly string[], ...headers: readonly string[]) =>
  asking(calls, (request) => withHeaders(request, Object.fromEntries(headers.map((name) => [name, undefined]))))

/** Faults in what a request says. */
export const ASKING_FAULTS: readonly Fault[] = [
  {
    name: 'renews without its lease id',
    kind: 'blob',
    breaks: 'client.blob.renew.sends.lease-id',
    spoil: dropping(['renew'], ID),
  },
  {
    name: 'drops the lease id of a write',
    kind: 'blob',
    breaks: 'client.blob.write.sends.lease-id',
    spoil: dropping(['setBlobMetadata'], ID),
  },
  {
    name: 'drops the lease id of a delete',
    kind: 'container',
    breaks: 'client.container.delete.sends.lease-id',
    spoil: dropping(['deleteContainer'], ID),
  },
  {
    name: 'sends its lease id with a break, which has no use for it',
    kind: 'share',
    breaks: 'client.share.break.sends.lease-id',
    spoil: asking(['break'], (request, _, lease) => withHeaders(request, { [ID]: lease!.id })),
  },
  {
    name: 'sends a lease id with reads that were given none',
    kind: 'blob',
    breaks: 'client.blob.observe.sends.lease-id',
    spoil: asking(['getBlobProperties'], (request, { arguments: { leaseId } }) =>
      leaseId === undefined ? withHeaders(request, { [ID]: OTHER_ID }) : request,
    ),
  },
  {
    name: 'cuts lease ids off after 32 characters',
    kind: 'blob',
    breaks: 'client.blob.release.sends.lease-id',
    spoil: asking(['release'], (request) => withHeaders(request, { [ID]: request.headers[ID]?.slice(0, 32) })),
  },
  {
    name: 'swaps the two ids of a change',
    kind: 'container',
    breaks: 'client.container.change.sends.lease-id',
    spoil: asking(['change'], (request) =>
      withHeaders(request, { [ID]: request.headers[PROPOSED], [PROPOSED]: request.headers[ID] }),
    ),
  },
  {
    name: 'proposes the id that it holds already',
    kind: 'share',
    breaks: 'client.share.change.sends.proposed-lease-id',
    spoil: asking(['change'], (request) => withHeaders(request, { [PROPOSED]: request.headers[ID] })),
  },
  {
    name: 'sends the proposed id under the name of the lease id',
    kind: 'blob',
    breaks: 'client.blob.acquire.sends.proposed-lease-id',
    spoil: asking(['acquire'], (request) =>
      withHeaders(request, { [ID]: request.headers[PROPOSED], [PROPOSED]: undefined }),
    ),
  },
  {
    name: 'proposes an id of its own, whatever it was given',
    kind: 'file',
    breaks: 'client.file.acquire.sends.proposed-lease-id',
    spoil: asking(['acquire'], (request) => withHeaders(request, { [PROPOSED]: OTHER_ID })),
  },
  {
    name: 'acquires without a duration',
    kind: 'share',
    breaks: 'client.share.acquire.sends.lease-duration',
    spoil: dropping(['acquire'], DURATION),
  },
  {
    name: 'takes an infinite lease for one of a minute',
    kind: 'blob',
    breaks: 'client.blob.acquire.sends.lease-duration',
    spoil: asking(['acquire'], (request) =>
      withHeaders(request, { [DURATION]: request.headers[DURATION] === '-1' ? '60' : request.headers[DURATION] }),
    ),
  },
  {
    name: 'sends the duration in milliseconds',
    kind: 'container',
    breaks: 'client.container.acquire.sends.lease-duration',
    spoil: asking(['acquire'], (request) =>
      withHeaders(request, { [DURATION]: String(1000 * Number(request.headers[DURATION])) }),
    ),
  },
  {
    name: 'takes a break period of 0 for none',
    kind: 'blob',
    breaks: 'client.blob.break.sends.lease-break-period',
    spoil: asking(['break'], (request) =>
      withHeaders(request, { [PERIOD]: request.headers[PERIOD] === '0' ? undefined : request.headers[PERIOD] }),
    ),
  },
  {
    name: 'breaks at once where no period was given',
    kind: 'container',
    breaks: 'client.container.break.sends.lease-break-period',
    spoil: asking(['break'], (request) => withHeaders(request, { [PERIOD]: request.headers[PERIOD] ?? '0' })),
  },
  {
    name: 'breaks where it should release',
    kind: 'blob',
    breaks: 'client.blob.release.sends.operation',
    spoil: asking(['release'], (request) => withHeaders(request, { [ACTION]: 'break' })),
  },
  {
    name: 'renews where it should acquire again',
    kind: 'container',
    breaks: 'client.container.acquire.sends.operation',
    spoil: asking(['acquire'], (request) =>
      withHeaders(request, { [ACTION]: 'renew', [ID]: request.headers[PROPOSED], [PROPOSED]: undefined }),
    ),
  },
  {
    name: 'asks for an action that there is not',
    kind: 'file',
    breaks: 'client.file.release.sends.operation',
    spoil: asking(['release'], (request) => withHeaders(request, { [ACTION]: 'free' })),
  },
  {
    name: 'downloads a blob where it should ask for its properties',
    kind: 'blob',
    breaks: 'client.blob.observe.sends.operation',
    spoil: asking(['getBlobProperties'], (request) => ({ ...request, method: 'GET' })),
  },
  {
    name: 'leases the container where it should lease the blob',
    kind: 'blob',
    breaks: 'client.blob.acquire.sends.resource',
    spoil: asking(['acquire'], (request) => ({
      ...request,
      path: request.path.split('/').slice(0, 2).join('/'),
      query: { ...request.query, restype: 'container' },
    })),
  },
  {
    name: 'reads the blob where it should read its snapshot',
    kind: 'blob-snapshot',
    breaks: 'client.blob-snapshot.read.sends.operation',
    spoil: asking(['getBlobSnapshotProperties'], ({ query: { snapshot: _, ...query }, ...request }) => ({
      ...request,
      query,
    })),
  },
  {
    name: 'encodes names twice',
    kind: 'blob',
    breaks: 'client.blob.write.sends.operation',
    spoil: asking(['setBlobMetadata'], (request) => ({ ...request, path: request.path.replaceAll('-', '%2D25') })),
  },
  {
    name: 'drops If-Match',
    kind: 'blob',
    breaks: 'client.blob.delete.sends.condition',
    spoil: dropping(['deleteBlob'], 'if-match'),
  },
  {
    name: 'drops If-Match of one write among many',
    kind: 'blob',
    breaks: 'client.blob.write.sends.condition',
    spoil: dropping(['setBlobMetadata'], 'if-match'),
  },
  {
    name: 'drops If-Match of a download',
    kind: 'blob',
    breaks: 'client.blob.observe.sends.condition',
    spoil: dropping(['getBlob'], 'if-match'),
  },
  {
    name: 'drops If-Match of a copy',
    kind: 'blob',
    breaks: 'client.blob.copy.sends.condition',
    spoil: dropping(['copyBlob'], 'if-match'),
  },
  {
    name: 'sends If-Match where If-None-Match was asked',
    kind: 'blob',
    breaks: 'client.blob.create.sends.condition',
    spoil: asking(['putBlob'], (request) =>
      withHeaders(request, {
        'if-match': request.headers['if-match'] ?? request.headers['if-none-match'],
        'if-none-match': undefined,
      }),
    ),
  },
  {
    name: 'sends a date a day late',
    kind: 'container',
    breaks: 'client.container.delete.sends.condition',
    spoil: asking(['deleteContainer'], (request) => {
      const since = request.headers['if-unmodified-since']
      const late = since && new Date(Date.parse(since) + 86_400_000).toUTCString()
      return withHeaders(request, { 'if-unmodified-since': late })
    }),
  },
  {
    name: 'drops the conditions of lease calls',
    kind: 'blob',
    breaks: 'client.blob.acquire.sends.condition',
    spoil: dropping(['acquire'], 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'),
  },
  {
    name: 'copies a blob onto itself',
    kind: 'blob',
    breaks: 'client.blob.copy.sends.source',
    spoil: asking(['copyBlob'], (request, { arguments: { source } }) => {
      const url = new URL(source!.url)
      url.pathname = `/${url.pathname.split('/')[1]}${request.path}`
      return withHeaders(request, { 'x-ms-copy-source': url.href })
    }),
  },
  {
    name: 'drops the lease id of the source of a rename',
    kind: 'file',
    breaks: 'client.file.rename.sends.source-lease-id',
    spoil: dropping(['renameFile'], 'x-ms-source-lease-id'),
  },
  {
    name: 'sends the lease id of a rename under its usual name',
    kind: 'file',
    breaks: 'client.file.rename.sends.lease-id',
    spoil: asking(['renameFile'], (request) =>
      withHeaders(request, {
        [ID]: request.headers['x-ms-destination-lease-id'],
        'x-ms-destination-lease-id': undefined,
      }),
    ),
  },
  {
    name: 'deletes a blob without its snapshots',
    kind: 'blob',
    breaks: 'client.blob.delete.sends.delete-snapshots',
    spoil: dropping(['deleteBlob'], 'x-ms-delete-snapshots'),
  },
]
