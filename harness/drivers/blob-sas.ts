import { createHmac, createSecretKey } from 'node:crypto'
import type { Instant } from '../../model/time.ts'
import { baseAndTime, isSnapshot, type RealName } from './real-name.ts'

/** The version whose format the signature has; servers take it whatever version a request asks for. */
const SIGNED_VERSION = '2018-11-09'

/** Gives the query, without a question mark, that lets anybody read one blob until an instant. */
export type BlobSasSigner = (realName: RealName, untilMs: Instant) => string

/**
 * Signs for sources of copies, which a server reads as anybody would. Source: "Create a service SAS", version 2018-11-09.
 * @param key the account key, base64.
 */
export function blobSasSigner(account: string, key: string): BlobSasSigner {
  const secret = createSecretKey(Buffer.from(key, 'base64'))
  return (realName, untilMs) => {
    const [blob, snapshot] = isSnapshot(realName) ? baseAndTime(realName) : [realName, '']
    const fields = {
      sp: 'r',
      se: new Date(untilMs).toISOString().replace(/\.\d+Z$/, 'Z'),
      sv: SIGNED_VERSION,
      sr: snapshot === '' ? 'b' : 'bs',
    }
    const resource = `/blob/${account}/${blob}`
    // Not limited: start, policy, addresses, protocol. Not overridden: the five response headers.
    const signed = [fields.sp, '', fields.se, resource, '', '', '', fields.sv, fields.sr, snapshot, '', '', '', '', '']
    const sig = createHmac('sha256', secret).update(signed.join('\n')).digest('base64')
    return new URLSearchParams({ ...fields, sig }).toString()
  }
}
