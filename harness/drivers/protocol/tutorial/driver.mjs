import { createInterface } from 'node:readline'
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob'

const HELLO = {
  protocol: 1,
  driver: 'my-driver',
  language: `Node.js ${process.versions.node}`,
  packages: [{ name: '@azure/storage-blob', version: '12.34.0' }],
  apiVersion: '2026-10-06',
  calls: {
    'blob.acquire': { duration: 'required', proposedLeaseId: 'optional', fills: ['proposedLeaseId'] },
    'blob.renew': { leaseId: 'required' },
    'blob.change': { leaseId: 'required', proposedLeaseId: 'required' },
    'blob.release': { leaseId: 'required' },
    'blob.break': { breakPeriod: 'optional' },
    getBlobProperties: { leaseId: 'optional' },
  },
}

const services = new Map()
const leases = new Map()

function connect({ port, url, account, credential }) {
  const key = new StorageSharedKeyCredential(account, credential.key)
  services.set(port, new BlobServiceClient(url, key, { retryOptions: { maxTries: 1 } }))
  return { connected: true }
}

async function call({ port, call, place, lease, arguments: asked }) {
  const blob = services.get(port).getContainerClient(place.container).getBlobClient(place.blob)
  if (call === 'getBlobProperties') return ended(() => blob.getProperties({ conditions: { leaseId: asked.leaseId } }))
  if (!leases.has(lease.handle)) leases.set(lease.handle, blob.getBlobLeaseClient(lease.id))
  const client = leases.get(lease.handle)
  const actions = {
    acquire: () => client.acquireLease(asked.duration),
    renew: () => client.renewLease(),
    change: () => client.changeLease(asked.proposedLeaseId),
    release: () => client.releaseLease(),
    break: () => client.breakLease(asked.breakPeriod),
  }
  const before = { id: client.leaseId }
  return { ...(await ended(actions[call])), lease: { before, after: { id: client.leaseId } } }
}

function forget({ handles }) {
  for (const handle of handles) leases.delete(handle)
}

const FIELDS = {
  etag: 'etag',
  lastModified: 'last-modified',
  leaseId: 'x-ms-lease-id',
  leaseTime: 'x-ms-lease-time',
  leaseState: 'x-ms-lease-state',
  leaseStatus: 'x-ms-lease-status',
  leaseDuration: 'x-ms-lease-duration',
}

async function ended(action) {
  try {
    const result = await action()
    const told = Object.entries(FIELDS).filter(([field]) => result[field] !== undefined)
    const returned = told.map(([field, header]) => [header, text(result[field])])
    return { returned: { status: String(result._response.status), ...Object.fromEntries(returned) } }
  } catch ({ name, statusCode, code, details }) {
    if (statusCode === undefined) return { raised: { error: name, because: 'connection' } }
    return { raised: { error: name, because: 'service', status: statusCode, code: code ?? details?.errorCode } }
  }
}

const text = (value) => (value instanceof Date ? value.toUTCString() : String(value))

const DOES = {
  hello: () => HELLO,
  connect,
  call,
  forget,
  stop: () => process.exit(),
}

createInterface({ input: process.stdin }).on('line', async (line) => {
  const { seq, ...message } = JSON.parse(line)
  const answer = await DOES[message.do](message)
  if (seq !== undefined) console.log(JSON.stringify({ seq, ...answer }))
})
