import { type BlobSasSigner, blobSasSigner } from '../../drivers/blob-sas.ts'
import { baseAndTime, isSnapshot } from '../../drivers/real-name.ts'
import type { Endpoint } from '../target.ts'
import { userDelegationSas } from './user-delegation.ts'

/**
 * Signs the addresses of blobs that a server reads as anybody would. Undefined where nothing of ours can: then the request
 * brings what opens its source itself.
 */
export function sourceSigner({ account, credential }: Endpoint): BlobSasSigner | undefined {
  if (credential.by === 'key') return blobSasSigner(account, credential.key)
  if (credential.by !== 'token' || credential.delegation === undefined) return undefined
  const { delegation } = credential
  return (realName, untilMs) => {
    const [name, snapshot] = isSnapshot(realName) ? baseAndTime(realName) : [realName, '']
    return userDelegationSas(delegation, { account, name, snapshot, permissions: 'r', untilMs })
  }
}
