import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DriverCredential } from '../../../reports/driver-protocol.ts'
import { type EmptyServer, emptyServer } from '../../reference/testing/empty-server.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../../targets/emulator-account.ts'
import { accountSas } from '../../targets/testing/signed-query.ts'
import { unsignedToken } from '../../targets/testing/token.ts'
import type { ClientLibrary } from '../clients/client-library.ts'
import { lineLibrary } from '../protocol/line-library.ts'
import { Tap } from '../tap/tap.ts'
import type { Tapped } from '../tap/tapped.ts'
import { pythonCommand } from './python-set-up.ts'

const HAS_SDK = process.env.LEASECHECK_PYTHON !== undefined
const WITHOUT = HAS_SDK ? '' : ', without LEASECHECK_PYTHON'
const SAS = accountSas()
const SIGNATURE = decodeURIComponent(new URLSearchParams(SAS).get('sig')!)
const { token, expiresOnTimestamp } = unsignedToken()

const CREDENTIALS: Readonly<Record<DriverCredential['by'], DriverCredential>> = {
  key: { by: 'key', key: EMULATOR_KEY },
  // Its endpoint is nowhere: requests have to go where `connect` says.
  'connection-string': {
    by: 'connection-string',
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${EMULATOR_ACCOUNT};AccountKey=${EMULATOR_KEY};BlobEndpoint=http://127.0.0.1:1/x;`,
  },
  sas: { by: 'sas', sas: SAS },
  token: { by: 'token', token, expiresOn: Math.floor(expiresOnTimestamp / 1000) },
  none: { by: 'none' },
}
const SECRETS = [EMULATOR_KEY, SIGNATURE, encodeURIComponent(SIGNATURE), token]

describe.skipIf(!HAS_SDK).each([false, true])(`credentials, aio: %s${WITHOUT}`, (aio) => {
  let server: EmptyServer
  let library: ClientLibrary
  let logged = ''
  beforeAll(async () => {
    server = await emptyServer()
    const command = await pythonCommand({ aio, offline: true, onProgress: () => {} })
    library = await lineLibrary(command, undefined, (text) => {
      logged += text
    })
  })
  afterAll(async () => {
    await library.close()
    await server.close()
  })

  /** Creates a container with a credential, and copies a blob that there is not; what went over the wire. */
  async function sentWith(credential: DriverCredential): Promise<readonly Tapped[]> {
    const { origin, pathname } = new URL(server.url)
    const tap = new Tap({
      origin,
      maxConnections: 1,
      timeoutMs: 10_000,
      door: undefined,
      ca: undefined,
      pace: undefined,
    })
    try {
      const port = await tap.lease()
      const number = Number(new URL(port.origin).port)
      const [url, account] = [port.origin + pathname, EMULATOR_ACCOUNT]
      const connection = { port: number, service: 'blob', url, account, credential, retry: 'none' } as const
      await library.connect({ ...connection, logging: true })
      const place = { container: `with-${credential.by}`, blob: 'copy' }
      const source = { url: `${url}/with-${credential.by}/absent?${SAS}`, place }
      await library.perform({ port: number, kind: 'container', call: 'createContainer', place, arguments: {} })
      await library.perform({ port: number, kind: 'blob', call: 'copyBlob', place, arguments: { source } })
      return await port.take()
    } finally {
      await tap.close()
    }
  }

  test.each(['key', 'connection-string', 'sas'] as const)('by %s the service is pleased', async (by) => {
    const [created, copied] = await sentWith(CREDENTIALS[by])
    expect([created?.answer?.status, copied?.answer?.status]).toEqual([201, 404])
    const { headers, query } = created!.request
    if (by === 'sas') expect([headers.authorization, query.get('sig')]).toEqual([undefined, SIGNATURE])
    else
      expect([headers.authorization?.split(':')[0], query.get('sig')]).toEqual([`SharedKey ${EMULATOR_ACCOUNT}`, null])
  })

  test('by token it is sent, which the SDK does over https alone', async () => {
    const [created] = await sentWith(CREDENTIALS.token)
    expect(created?.request.headers.authorization).toBe(`Bearer ${token}`)
  })

  test('by none nothing of the kind is sent', async () => {
    const [created] = await sentWith(CREDENTIALS.none)
    expect([created?.request.headers.authorization, created?.request.query.get('sig')]).toEqual([undefined, null])
  })

  test('the log tells of the requests, and none of its lines holds a secret', async () => {
    for (const credential of Object.values(CREDENTIALS)) await sentWith(credential)
    expect(logged).toContain('with-sas')
    const telling = logged.split('\n').filter((line) => SECRETS.some((secret) => line.includes(secret)))
    expect(telling).toEqual([])
    expect(logged).not.toMatch(/SharedKey [^\s:]+:/)
  })
})
