import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EmptyServer, emptyServer } from '../../reference/testing/empty-server.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../../targets/emulator-account.ts'
import { importFile } from './import-file.ts'
import type { RecordedExchange, RecordedHeaders } from './recorded-exchange.ts'

/** A Python that has the two clients and vcrpy: `LEASECHECK_PYTHON`, else the system's. */
const PYTHON = process.env.LEASECHECK_PYTHON ?? 'python3'
const HAS_VCRPY = spawnSync(PYTHON, ['-c', 'import vcr, azure.storage.blob, azure.storage.fileshare']).status === 0
const SCRIPT = fileURLToPath(new URL('./vcrpy.py', import.meta.url))

/** A request with its answer, as the Python client saw them. */
type Seen = Omit<RecordedExchange, 'requestHeaders'> & { readonly requestHeaders: RecordedHeaders }

describe.skipIf(!HAS_VCRPY)(`what vcrpy recorded${HAS_VCRPY ? '' : `, which ${PYTHON} does not have`}`, () => {
  let server: EmptyServer
  let folder: string
  beforeAll(async () => {
    server = await emptyServer()
    folder = mkdtempSync(join(tmpdir(), 'leasecheck-vcrpy-'))
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await server.close()
  })

  test.each(['yaml', 'json'])('as %s is what the Python clients saw', async (serializer) => {
    const cassette = join(folder, `cassette.${serializer}`)
    const seen = await recorded(cassette, serializer)
    const imported = importFile(cassette)
    if ('error' in imported) throw new Error(imported.error)
    const [recording, ...others] = imported.recordings
    expect(others).toEqual([])
    expect(recording!.format).toBe('vcr')
    const exchanges = recording!.exchanges
    expect(exchanges.map(asLine)).toEqual(seen.map(asLine))
    expect(seen.length).toBeGreaterThan(20)
    for (const [place, { requestHeaders, responseHeaders }] of seen.entries()) {
      expect(exchanges[place]!.requestHeaders).toMatchObject(requestHeaders)
      expect(exchanges[place]!.responseHeaders).toMatchObject(responseHeaders)
    }
    const refused = exchanges.find(({ status, method }) => status === 412 && method === 'PUT')
    expect(refused?.responseBody).toContain('<Code>LeaseIdMissing</Code>')
  })

  async function recorded(cassette: string, serializer: string): Promise<readonly Seen[]> {
    const ports = [String(server.port), String(server.filePort)]
    const { status, output, errors } = await python([
      SCRIPT,
      cassette,
      serializer,
      ...ports,
      EMULATOR_ACCOUNT,
      EMULATOR_KEY,
    ])
    expect([status, errors]).toEqual([0, ''])
    return output.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Seen]))
  }
})

function asLine({ method, url, status }: Pick<RecordedExchange, 'method' | 'url' | 'status'>): string {
  return `${method} ${url} ${status}`
}

function python(
  args: readonly string[],
): Promise<{ readonly status: number | null; readonly output: string; readonly errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(PYTHON, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const texts = { output: '', errors: '' }
    child.stdout.on('data', (chunk: Buffer) => {
      texts.output += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      texts.errors += chunk
    })
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, ...texts }))
  })
}
