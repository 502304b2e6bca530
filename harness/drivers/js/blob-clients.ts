import type { BlobServiceClient } from '@azure/storage-blob'
import type { ResourceKind } from '../../../model/resource.ts'
import { baseAndTime, containerAndBlob, type RealName } from '../real-name.ts'
import type { BlobPlace } from './blob-calls.ts'
import type { MakeLeaseClient } from './lease-handles.ts'

/** The clients of one resource of the blob service. */
export function blobPlace(
  service: BlobServiceClient,
  kind: ResourceKind,
  realName: RealName,
  sourceUrl: string | undefined,
): BlobPlace {
  const [base, snapshot] = kind === 'blob-snapshot' ? baseAndTime(realName) : [realName, '']
  const [containerName, blobName] = kind === 'container' ? [base, ''] : containerAndBlob(base)
  const container = service.getContainerClient(containerName)
  const blob = container.getBlobClient(blobName)
  return { service, container, blob: snapshot === '' ? blob : blob.withSnapshot(snapshot), sourceUrl: sourceUrl ?? '' }
}

export function blobLeaseClients({ container, blob }: BlobPlace, kind: ResourceKind): MakeLeaseClient {
  return (id) => (kind === 'container' ? container : blob).getBlobLeaseClient(id)
}
