import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { request } from 'undici'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../targets/azurite.ts'
import type { Target } from '../targets/target.ts'
import type { RecordedExchange } from './recorded-exchange.ts'

/** A stub server in a child process, as a target. */
export interface Stub {
  readonly target: Target
  readonly origin: string
  /** Has every scenario answered from its beginning again. */
  again(): Promise<void>
  close(): Promise<void>
}

export async function startStub(exchanges: readonly RecordedExchange[]): Promise<Stub> {
  const folder = await mkdtemp(join(tmpdir(), 'leasecheck-bench-'))
  const file = join(folder, 'exchanges.json')
  await writeFile(file, JSON.stringify(exchanges))
  const child = spawn(process.execPath, [fileURLToPath(new URL('./stub-server.ts', import.meta.url)), file], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const [port] = (await Promise.race([
    once(child.stdout!, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('the stub server did not start'))),
  ])) as [Buffer]
  const origin = `http://127.0.0.1:${String(port).trim()}`
  return {
    origin,
    target: {
      name: 'azurite',
      version: 'stub',
      clock: 'virtual',
      embedded: true,
      endpoints: [
        {
          url: `${origin}/${EMULATOR_ACCOUNT}`,
          account: EMULATOR_ACCOUNT,
          credential: { by: 'key', key: EMULATOR_KEY },
        },
      ],
      onDeath: (listener) => void child.once('exit', () => listener('the stub server ended')),
      close: async () => {},
    },
    again: async () => (await request(`${origin}/again`, { method: 'POST' })).body.dump(),
    close: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
