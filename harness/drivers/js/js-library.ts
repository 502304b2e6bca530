import { isLeaseAction, type OperationName } from '../../../model/operation.ts'
import type { Use } from '../../../model/uses.ts'
import type { Documented } from '../../../reports/driver-protocol.ts'
import type { ClientAnswer, ClientCall, ClientLibrary } from '../clients/client-library.ts'
import { BLOB_CALLS } from './blob-calls.ts'
import { blobLeaseClient, blobPlace } from './blob-clients.ts'
import { endingOf } from './client-return.ts'
import { FILE_CALLS } from './file-calls.ts'
import { filePlace, shareLeaseClient } from './file-clients.ts'
import { LEASE_CALLS, type LeaseClient, leaseCall } from './lease-calls.ts'
import type { SdkPackages } from './packages.ts'
import { sdkApiVersion } from './sdk-api-version.ts'
import { blobServiceAt, fileServiceAt, type JsService } from './service-clients.ts'

/**
 * What the SDK promises of its errors and its retries. Sources: the references of RestError, and of StorageRetryOptions, whose
 * maxTries is 4 by default.
 */
const DOCUMENTED: Documented = {
  errors: [{ names: ['RestError'] }],
  tries: { none: 1, default: 4, 'to-secondary': 4 },
}

/** The JavaScript SDK, called in this process. */
export async function jsLibrary(sdk: SdkPackages): Promise<ClientLibrary> {
  const services = new Map<number, JsService>()
  const leases = new Map<number, LeaseClient>()
  let handles = 0

  function leaseClientFor({ port, kind, place, lease }: ClientCall): LeaseClient {
    const { handle, id } = lease!
    const known = leases.get(handle)
    if (known !== undefined) return known
    const made = makeLeaseClient(services.get(port)!, { kind, place }, id)
    leases.set(handle, made)
    return made
  }

  return {
    name: 'js',
    versions: sdk.versions,
    apiVersion: await sdkApiVersion(sdk.blob),
    calls: { ...LEASE_CALLS, ...descriptionsOf(BLOB_CALLS), ...descriptionsOf(FILE_CALLS) },
    numbers: 'any',
    documented: DOCUMENTED,
    nextHandle: () => handles++,
    async connect(at) {
      services.set(at.port, at.service === 'blob' ? blobServiceAt(sdk.blob, at) : fileServiceAt(sdk.fileShare, at))
    },
    async perform(asked) {
      const { kind } = asked
      const call = asked.call as OperationName
      if (!isLeaseAction(call)) return endingOf(() => useCall(services.get(asked.port)!, call, asked))
      const client = leaseClientFor(asked)
      const before = { id: client.leaseId }
      const ending: ClientAnswer = await endingOf(() => leaseCall(client, call, asked.arguments, kind))
      return { ...ending, lease: { before, after: { id: client.leaseId } } }
    },
    forget(gone) {
      for (const handle of gone) leases.delete(handle)
    },
    async close() {},
  }
}

function makeLeaseClient(
  service: JsService,
  { kind, place }: Pick<ClientCall, 'kind' | 'place'>,
  id: string | undefined,
): LeaseClient {
  return service.of === 'blob'
    ? blobLeaseClient(blobPlace(service.client, place), kind, id)
    : shareLeaseClient(filePlace(service.client, place, undefined), kind, id)
}

function useCall(service: JsService, use: Use, { place, arguments: asked }: ClientCall): Promise<unknown> {
  return service.of === 'blob'
    ? BLOB_CALLS[use]!.call(blobPlace(service.client, place, asked.source?.url), asked)
    : FILE_CALLS[use]!.call(filePlace(service.client, place, asked.source), asked)
}

function descriptionsOf(calls: typeof BLOB_CALLS | typeof FILE_CALLS) {
  return Object.fromEntries(Object.entries(calls).map(([use, { takes }]) => [use, takes]))
}
