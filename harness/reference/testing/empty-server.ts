import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../../targets/emulator-account.ts'
import type { Endpoint } from '../../targets/target.ts'
import { emptyAccount } from '../account.ts'
import { type Listening, listen } from '../listen.ts'

/** A reference server in this process, and how it is reached. */
export interface EmptyServer extends Listening, Endpoint {
  readonly fileUrl: string
}

/** For tests: starts a reference server with nothing in it, for the account that every emulator has. */
export async function emptyServer(): Promise<EmptyServer> {
  const [account, key] = [EMULATOR_ACCOUNT, EMULATOR_KEY]
  const server = await listen(emptyAccount(account, key), { host: '127.0.0.1', port: 0, filePort: 0 })
  const urlOf = (port: number) => `http://127.0.0.1:${port}/${account}`
  return {
    ...server,
    url: urlOf(server.port),
    fileUrl: urlOf(server.filePort),
    account,
    credential: { by: 'key', key },
  }
}
