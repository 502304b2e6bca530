import { asking, delivering, type Fault, telling } from './fault.ts'

/** Faults in how many requests there are. */
export const DELIVERING_FAULTS: readonly Fault[] = [
  {
    name: 'acquires twice',
    kind: 'blob',
    breaks: 'client.blob.acquire.sends.requests',
    spoil: delivering(['acquire'], async (request, send) => {
      await send(request)
      return send(request)
    }),
  },
  {
    name: 'tries again what was refused for a conflict',
    kind: 'container',
    breaks: 'client.container.acquire.sends.requests',
    spoil: delivering(['acquire'], async (request, send) => {
      const answer = await send(request)
      return answer?.status === 409 ? send(request) : answer
    }),
  },
  {
    name: 'asks whether a blob is there before it writes',
    kind: 'blob',
    breaks: 'client.blob.write.sends.requests',
    spoil: delivering(['setBlobMetadata'], async (request, send) => {
      await send({ ...request, method: 'HEAD', query: {}, headers: {}, body: undefined })
      return send(request)
    }),
  },
  {
    name: 'reads the properties of the service besides',
    kind: 'share',
    breaks: 'client.share.renew.sends.operation',
    spoil: delivering(['renew'], async (_, send) =>
      send({
        method: 'GET',
        path: '/',
        query: { restype: 'service', comp: 'properties' },
        headers: {},
        body: undefined,
      }),
    ),
  },
  {
    name: 'says that a lease is renewed, and sends nothing',
    kind: 'blob',
    breaks: 'client.blob.renew.sends.requests',
    spoil: delivering(['renew'], async (request) => ({
      status: 200,
      headers: { 'x-ms-lease-id': request.headers['x-ms-lease-id'] ?? '' },
      body: '',
    })),
  },
  {
    name: 'answers reads from what it has read before',
    kind: 'container',
    breaks: 'client.container.observe.sends.requests',
    spoil: (client) => {
      const read = new Map<string, Awaited<ReturnType<typeof client.deliver>>>()
      return delivering(['getContainerProperties'], async (request, send) => {
        const known = read.get(request.path)
        if (known !== undefined) return known
        const answer = await send(request)
        read.set(request.path, answer)
        return answer
      })(client)
    },
  },
  {
    name: 'releases nothing that it did not acquire itself, without a word',
    kind: 'container',
    breaks: 'client.container.release.sends.requests',
    spoil: (client) =>
      telling(
        ['release'],
        (ending) => ending,
      )({
        ...client,
        ask: (call, lease) =>
          call.call === 'release' && lease?.etag === undefined ? undefined : client.ask(call, lease),
        tell: (answer, call, lease) =>
          call.call === 'release' && answer === undefined ? { returned: {} } : client.tell(answer, call, lease),
      }),
  },
  {
    name: 'refuses what the service would accept',
    kind: 'blob',
    breaks: 'client.blob.break.sends.requests',
    spoil: (client) => ({
      ...asking(['break'], (request) =>
        Number(request.headers['x-ms-lease-break-period'] ?? 1) === 0 ? undefined : request,
      )(client),
      tell: (answer, call, lease) =>
        answer === undefined && call.arguments.breakPeriod === 0
          ? { raised: { error: 'RangeError', because: 'client' } }
          : client.tell(answer, call, lease),
    }),
  },
  {
    name: 'renews the lease of a file, which cannot be renewed',
    kind: 'file',
    breaks: 'client.file.renew.sends.requests',
    spoil: (client) => ({
      ...client,
      ask: (call, lease) => {
        if (call.kind !== 'file' || call.call !== 'renew') return client.ask(call, lease)
        const request = client.ask({ ...call, call: 'release' }, lease)!
        return { ...request, headers: { ...request.headers, 'x-ms-lease-action': 'renew' } }
      },
    }),
  },
]
