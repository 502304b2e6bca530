/** For tests: resources that must stay as they are whatever else happens. */
import type { OddRequest } from './garbage.ts'
import type { Exchanged, OddSender } from './odd-sender.ts'

/** Everything that unauthorised garbage is aimed at is in here. */
export const KEPT = 'kept'

export interface Witness {
  readonly name: string
  /** Everything that can be seen of it, as text. */
  readonly look: () => Promise<string>
}

const MAKING: Readonly<Record<'blob' | 'file', readonly OddRequest[]>> = {
  blob: [
    request('PUT', KEPT, ['restype', 'container']),
    request('PUT', `${KEPT}/blob`, undefined, { 'x-ms-blob-type': 'BlockBlob' }, 'kept'),
    request('PUT', `${KEPT}/blob`, ['comp', 'lease'], { 'x-ms-lease-action': 'acquire', 'x-ms-lease-duration': '-1' }),
    request('PUT', `${KEPT}/dir/file`, undefined, { 'x-ms-blob-type': 'BlockBlob' }, 'kept'),
  ],
  file: [
    request('PUT', KEPT, ['restype', 'share']),
    request('PUT', `${KEPT}/blob`, undefined, { 'x-ms-type': 'file', 'x-ms-content-length': '4' }),
    request('PUT', `${KEPT}/dir`, ['restype', 'directory']),
    request('PUT', `${KEPT}/dir/file`, undefined, { 'x-ms-type': 'file', 'x-ms-content-length': '4' }),
    request('PUT', `${KEPT}/blob`, ['comp', 'lease'], { 'x-ms-lease-action': 'acquire', 'x-ms-lease-duration': '-1' }),
  ],
}
const LOOKING: Readonly<Record<'blob' | 'file', readonly OddRequest[]>> = {
  blob: [
    request('GET', KEPT, ['restype', 'container']),
    request('GET', `${KEPT}/blob`),
    request('GET', `${KEPT}/dir/file`),
  ],
  file: [
    request('GET', KEPT, ['restype', 'share']),
    request('GET', `${KEPT}/blob`),
    request('GET', `${KEPT}/dir/file`),
  ],
}
/** Headers that tell of the answer and not of the resource. */
const OF_THE_ANSWER = ['date', 'x-ms-request-id']

/** Makes what is to be kept, unless it is there, and says how to look at it. */
export async function witnesses(sender: OddSender, service: 'blob' | 'file'): Promise<readonly Witness[]> {
  for (const making of MAKING[service]) await sender.exchange(making, true)
  return LOOKING[service].map((looking) => ({
    name: `${service} ${looking.path}`,
    look: async () => seen(await sender.exchange(looking, true)),
  }))
}

function seen({ status, headers, body }: Exchanged): string {
  if (status !== 200) throw new Error(`a witness is gone: ${status} ${body}`)
  const kept = Object.entries(headers).filter(([name]) => !OF_THE_ANSWER.includes(name))
  return JSON.stringify([kept, body])
}

function request(
  method: string,
  path: string,
  parameter?: readonly [name: string, value: string],
  headers: Readonly<Record<string, string>> = {},
  body = '',
): OddRequest {
  const version = { 'x-ms-version': '2023-11-03' }
  return {
    method,
    path,
    query: parameter === undefined ? [] : [parameter],
    headers: Object.entries({ ...version, ...headers }),
    body,
  }
}
