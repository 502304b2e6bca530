import type { ShareServiceClient } from '@azure/storage-file-share'
import type { ResourceKind } from '../../../model/resource.ts'
import type { CallArguments, Place } from '../../../reports/driver-protocol.ts'
import type { FilePlace } from './file-calls.ts'
import type { LeaseClient } from './lease-calls.ts'

/** The clients of one resource of the file service. */
export function filePlace(
  service: ShareServiceClient,
  { share: shareName = '', file: fileName = '', snapshot }: Place,
  source: CallArguments['source'],
): FilePlace {
  const share = service.getShareClient(shareName)
  const fileNamed = (name: string) => share.rootDirectoryClient.getFileClient(name)
  const sourceName = source?.place.file
  return {
    service,
    share: snapshot === undefined ? share : share.withSnapshot(snapshot),
    file: fileNamed(fileName),
    sourceUrl: source?.url ?? '',
    sourceFile: sourceName === undefined ? undefined : fileNamed(sourceName),
  }
}

export function shareLeaseClient({ share, file }: FilePlace, kind: ResourceKind, id: string | undefined): LeaseClient {
  return (kind === 'file' ? file : share).getShareLeaseClient(id)
}
