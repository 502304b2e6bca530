import { type Answer, isRefusal, missingHeader, refusal, success } from '../answer.ts'
import type { Call } from '../call.ts'
import { shareOf } from './directories.ts'

const MOST_PERMISSIONS = 10_000
const MOST_BYTES = 16 * 1024
const KEY = 'x-ms-file-permission-key'

/** Create Permission: what is sent gets a key, the same one if it is sent again. */
export function createPermission(call: Call): Answer {
  const share = shareOf(call)
  if (isRefusal(share)) return share
  const permission = readPermission(call.body)
  if (permission === undefined) return refusal(400, 'InvalidInput')
  const known = share.permissions.indexOf(permission)
  if (known < 0 && share.permissions.length >= MOST_PERMISSIONS) return refusal(400, 'OutOfRangeInput')
  const place = known < 0 ? share.permissions.push(permission) - 1 : known
  return success(201, { [KEY]: `2*${place}`, 'x-ms-request-server-encrypted': 'true' })
}

export function getPermission(call: Call): Answer {
  const share = shareOf(call)
  if (isRefusal(share)) return share
  const key = call.request.headers[KEY]
  if (key === undefined) return missingHeader(KEY)
  const place = /^2\*([0-9]{1,5})$/.exec(key)
  const permission = place === null ? undefined : share.permissions[Number(place[1])]
  if (permission === undefined) return refusal(404, 'FilePermissionNotFound')
  return success(200, { 'content-type': 'application/json' }, JSON.stringify({ permission }))
}

function readPermission(body: Buffer): string | undefined {
  if (body.length > MOST_BYTES) return undefined
  try {
    const read: unknown = JSON.parse(body.toString('utf8'))
    const permission = typeof read === 'object' && read !== null && 'permission' in read ? read.permission : undefined
    return typeof permission === 'string' ? permission : undefined
  } catch {
    return undefined
  }
}
