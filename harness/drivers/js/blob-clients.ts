import type { BlobServiceClient } from '@azure/storage-blob'
import type { ResourceKind } from '../../../model/resource.ts'
import type { Place } from '../../../reports/driver-protocol.ts'
import type { BlobPlace } from './blob-calls.ts'
import type { LeaseClient } from './lease-calls.ts'

/** The clients of one resource of the blob service. */
export function blobPlace(
  service: BlobServiceClient,
  { container: containerName = '', blob: blobName = '', snapshot }: Place,
  sourceUrl = '',
): BlobPlace {
  const container = service.getContainerClient(containerName)
  const blob = container.getBlobClient(blobName)
  return { service, container, blob: snapshot === undefined ? blob : blob.withSnapshot(snapshot), sourceUrl }
}

export function blobLeaseClient(
  { container, blob }: BlobPlace,
  kind: ResourceKind,
  id: string | undefined,
): LeaseClient {
  return (kind === 'container' ? container : blob).getBlobLeaseClient(id)
}
