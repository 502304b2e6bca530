/** For tests: shared access signatures as a portal or an SDK makes them; no code of ours has a part in it. */
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  ContainerSASPermissions,
  generateAccountSASQueryParameters,
  generateBlobSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential,
} from '@azure/storage-blob'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../emulator-account.ts'

const SIGNER = new StorageSharedKeyCredential(EMULATOR_ACCOUNT, EMULATOR_KEY)
const DAY_MS = 24 * 3_600_000

export interface AccountSasFields {
  readonly permissions?: string
  readonly resources?: string
  readonly services?: string
  /** Milliseconds from now. */
  readonly endsInMs?: number
  readonly httpsOnly?: boolean
}

/** A signature of the emulator's account; default: everything, for a day. */
export function accountSas(fields: AccountSasFields = {}): string {
  const { permissions = 'rwdxlacuptfi', resources = 'sco', services = 'bf', endsInMs = DAY_MS, httpsOnly } = fields
  return generateAccountSASQueryParameters(
    {
      permissions: AccountSASPermissions.parse(permissions),
      resourceTypes: AccountSASResourceTypes.parse(resources).toString(),
      services: AccountSASServices.parse(services).toString(),
      expiresOn: new Date(Date.now() + endsInMs),
      ...(httpsOnly ? { protocol: SASProtocol.Https } : {}),
    },
    SIGNER,
  ).toString()
}

/** A signature of one container of the emulator's account, for a day. */
export function containerSas(containerName: string, permissions = 'racwdxltf'): string {
  const expiresOn = new Date(Date.now() + DAY_MS)
  const letters = ContainerSASPermissions.parse(permissions)
  return generateBlobSASQueryParameters({ containerName, permissions: letters, expiresOn }, SIGNER).toString()
}
