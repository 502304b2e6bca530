import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../targets/emulator-account.ts'
import { type EmptyServer, emptyServer } from './testing/empty-server.ts'

/** A Python that has the two clients: `LEASECHECK_PYTHON`, else the system's. */
const PYTHON = process.env.LEASECHECK_PYTHON ?? 'python3'
const HAS_CLIENTS = spawnSync(PYTHON, ['-c', 'import azure.storage.blob, azure.storage.fileshare']).status === 0
const SCRIPT = fileURLToPath(new URL('./python-clients.py', import.meta.url))

/** The parts of the script, each a function of its own in it. */
const PARTS = [
  'containers',
  'block_blobs',
  'append_and_page_blobs',
  'listings',
  'snapshots_and_soft_delete',
  'copies',
  'blob_leases',
  'signatures',
  'shares',
  'share_leases',
  'directories_and_files',
  'file_leases',
  'renames',
]

describe.skipIf(!HAS_CLIENTS)(`the Python clients${HAS_CLIENTS ? '' : `, which ${PYTHON} does not have`}`, () => {
  let server: EmptyServer
  beforeAll(async () => {
    server = await emptyServer()
  })
  afterAll(() => server.close())

  test.each(PARTS)('%s', async (part) => {
    const { port, filePort } = server
    const { status, output } = await python([
      SCRIPT,
      part,
      String(port),
      String(filePort),
      EMULATOR_ACCOUNT,
      EMULATOR_KEY,
    ])
    expect(output).toBe(`${part} passed\n`)
    expect(status).toBe(0)
  })
})

function python(args: readonly string[]): Promise<{ readonly status: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(PYTHON, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, output }))
  })
}
