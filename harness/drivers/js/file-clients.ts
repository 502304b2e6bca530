import type { ShareServiceClient } from '@azure/storage-file-share'
import type { ResourceKind } from '../../../model/resource.ts'
import { baseAndTime, containerAndBlob, type RealName } from '../real-name.ts'
import type { FilePlace } from './file-calls.ts'
import type { MakeLeaseClient } from './lease-handles.ts'

/** The clients of one resource of the file service. */
export function filePlace(
  service: ShareServiceClient,
  kind: ResourceKind,
  realName: RealName,
  source: { readonly url: string | undefined; readonly realName: RealName | undefined },
): FilePlace {
  const [base, snapshot] = kind === 'share-snapshot' ? baseAndTime(realName) : [realName, '']
  const [shareName, fileName] = kind === 'file' ? containerAndBlob(base) : [base, '']
  const share = service.getShareClient(shareName)
  const fileNamed = (name: string) => share.rootDirectoryClient.getFileClient(name)
  return {
    service,
    share: snapshot === '' ? share : share.withSnapshot(snapshot),
    file: fileNamed(fileName),
    sourceUrl: source.url ?? '',
    sourceFile: source.realName === undefined ? undefined : fileNamed(containerAndBlob(source.realName)[1]),
  }
}

export function shareLeaseClients({ share, file }: FilePlace, kind: ResourceKind): MakeLeaseClient {
  return (id) => (kind === 'file' ? file : share).getShareLeaseClient(id)
}
