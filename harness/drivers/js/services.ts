import type { BlobServiceClient } from '@azure/storage-blob'
import type { ShareServiceClient } from '@azure/storage-file-share'
import type { Operation } from '../../../model/operation.ts'
import type { ResourceKind, Service } from '../../../model/resource.ts'
import type { Use } from '../../../model/uses.ts'
import { authorizerFor } from '../../targets/credentials/authorizer.ts'
import type { Endpoint } from '../../targets/target.ts'
import type { DriverOptions, Names } from '../driver.ts'
import { realNameIn } from '../real-name.ts'
import type { TapPort } from '../tap/tap-port.ts'
import { BLOB_CALLS } from './blob-calls.ts'
import { blobLeaseClients, blobPlace } from './blob-clients.ts'
import { FILE_CALLS } from './file-calls.ts'
import { filePlace, shareLeaseClients } from './file-clients.ts'
import type { MakeLeaseClient } from './lease-handles.ts'
import type { SdkPackages } from './packages.ts'
import { SdkService } from './sdk-service.ts'

const DEFAULT_CONNECTIONS = 64
const DEFAULT_TIMEOUT_MS = 30_000
/** One try: a retry would be a second request, and the judge wants to see the first. */
const RETRIES_OFF = { retryOptions: { maxTries: 1 } }

/** What is asked of a resource, and which one that is. */
export interface Asking {
  readonly asked: Operation
  readonly kind: ResourceKind
  readonly names: Names
  /** What a copy reads. */
  readonly sourceUrl: string | undefined
}

/** A service of the target as the SDK reaches it. */
export interface JsService {
  readonly sdk: SdkService<BlobServiceClient> | SdkService<ShareServiceClient>
  /** The call for a use; undefined if the SDK has none. */
  use(port: TapPort, asking: Asking): (() => Promise<unknown>) | undefined
  /** Makes lease clients of the resource. */
  leaseClients(port: TapPort, asking: Asking): MakeLeaseClient
}

/** The services that a target has. */
export function jsServices(options: DriverOptions, sdk: SdkPackages): Readonly<Record<Service, JsService | undefined>> {
  const { fileUrl } = options.endpoint
  return {
    blob: blobService(options, sdk.blob),
    file: fileUrl === undefined ? undefined : fileService(options, fileUrl, sdk.fileShare),
  }
}

function blobService(options: DriverOptions, { BlobServiceClient, ...sdk }: SdkPackages['blob']): JsService {
  const { endpoint } = options
  const credential = sdkCredential(endpoint, sdk)
  const service = new SdkService(
    serviceOptions(options, endpoint.url, 'blob'),
    (at) => new BlobServiceClient(at, credential, RETRIES_OFF),
  )
  const placeOf = (port: TapPort, { asked, kind, names, sourceUrl }: Asking) =>
    blobPlace(service.clientAt(port), kind, realNameIn(names, asked.on), sourceUrl)
  return {
    sdk: service,
    use(port, asking) {
      const { asked } = asking
      const found = BLOB_CALLS[asked.name as Use]
      return found && (() => found.call(placeOf(port, asking), asked))
    },
    leaseClients: (port, asking) => blobLeaseClients(placeOf(port, asking), asking.kind),
  }
}

function fileService(
  options: DriverOptions,
  url: string,
  { ShareServiceClient, ...sdk }: SdkPackages['fileShare'],
): JsService {
  const credential = sdkCredential(options.endpoint, sdk)
  const service = new SdkService(
    serviceOptions(options, url, 'file'),
    (at) => new ShareServiceClient(at, credential, RETRIES_OFF),
  )
  const placeOf = (port: TapPort, { asked, kind, names, sourceUrl }: Asking) => {
    const realName = asked.source === undefined ? undefined : realNameIn(names, asked.source)
    return filePlace(service.clientAt(port), kind, realNameIn(names, asked.on), { url: sourceUrl, realName })
  }
  return {
    sdk: service,
    use(port, asking) {
      const { asked } = asking
      const found = FILE_CALLS[asked.name as Use]
      return found && (() => found.call(placeOf(port, asking), asked))
    },
    leaseClients: (port, asking) => shareLeaseClients(placeOf(port, asking), asking.kind),
  }
}

/** An SDK that has the key signs; any other credential is the tap's, since an SDK sends no token over loopback without TLS. */
function sdkCredential<Key, Anonymous>(
  { account, credential }: Endpoint,
  sdk: {
    StorageSharedKeyCredential: new (account: string, key: string) => Key
    AnonymousCredential: new () => Anonymous
  },
): Key | Anonymous {
  return credential.by === 'key'
    ? new sdk.StorageSharedKeyCredential(account, credential.key)
    : new sdk.AnonymousCredential()
}

function serviceOptions({ endpoint, maxConnections, timeoutMs, pace }: DriverOptions, url: string, of: Service) {
  return {
    url,
    maxConnections: maxConnections ?? DEFAULT_CONNECTIONS,
    timeoutMs: timeoutMs ?? DEFAULT_TIMEOUT_MS,
    door: endpoint.credential.by === 'key' ? undefined : authorizerFor(endpoint, of),
    ca: endpoint.ca,
    pace,
  }
}
