import { afterAll, beforeAll, expect, test } from 'vitest'
import { EMULATOR_KEY } from '../../targets/emulator-account.ts'
import { startReference } from '../../targets/reference.ts'
import type { Target } from '../../targets/target.ts'
import type { Connection } from '../clients/client-library.ts'
import { jsLibrary } from '../js/js-library.ts'
import { loadSdk } from '../js/packages.ts'
import { loggedSecrets } from './logged-secrets.ts'

let target: Target
beforeAll(async () => {
  target = await startReference({ processes: 1 })
})
afterAll(() => target.close())

let runs = 0

/** What is found in the log of the JavaScript SDK, if it logged so at each connection. */
function secretsIn(log: (connection: Connection) => string) {
  const start = async ({ heard }: { readonly heard?: (text: string) => void }) => {
    const library = await jsLibrary(loadSdk())
    const connect = (connection: Connection) => {
      heard?.(log(connection))
      return library.connect(connection)
    }
    return { ...library, connect }
  }
  return loggedSecrets(start, target.endpoints[0]!, `log${runs++}`, Date.UTC(2030, 0, 1))
}

test('a log without secrets has none', async () => {
  const { secrets, calls, characters } = await secretsIn(({ url }) => `connected to ${url}, Authorization: REDACTED\n`)
  expect(secrets).toEqual([])
  expect(calls).toBe(12)
  expect(characters).toBeGreaterThan(100)
})

test('each secret is found, however it is written', async () => {
  const telling = (by: string) => (connection: Connection) =>
    connection.credential.by === by ? JSON.stringify(connection.credential) : ''
  expect((await secretsIn(telling('key'))).secrets).toEqual(['the account key'])
  expect((await secretsIn(telling('sas'))).secrets).toEqual(['the signature of a SAS'])
  expect((await secretsIn(telling('token'))).secrets).toEqual(['a token'])
  const small = await secretsIn((connection) => telling('sas')(connection).toLowerCase())
  expect(small.secrets).toEqual(['the signature of a SAS'])
  const decoded = await secretsIn((connection) => decodeURIComponent(telling('sas')(connection)))
  expect(decoded.secrets).toEqual(['the signature of a SAS'])
  expect((await secretsIn(() => EMULATOR_KEY)).secrets).toEqual(['the account key'])
})
