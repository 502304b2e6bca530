import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { TargetError } from '../../errors.ts'
import { interpreterIn, makeEnvironment } from './virtual-environment.ts'

const PYTHON = { command: process.env.LEASECHECK_PYTHON ?? 'python3', version: '3' }
const HAS_VENV = spawnSync(PYTHON.command, ['-c', 'import venv, ensurepip']).status === 0
/** Every new environment has it, so nothing is fetched. */
const THERE_ALREADY = ['pip']

describe.skipIf(!HAS_VENV)(`a virtual environment${HAS_VENV ? '' : `, which ${PYTHON.command} cannot make`}`, () => {
  let cache: string
  beforeAll(() => {
    cache = mkdtempSync(join(tmpdir(), 'leasecheck-venv-'))
    vi.stubEnv('PIP_NO_INDEX', '1')
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(cache, { recursive: true })
  })

  test('made twice at once is there once and works, and what a killed attempt left is gone', async () => {
    const folder = join(cache, 'python-3-blob-1.0.0')
    const gone = spawnSync(PYTHON.command, ['-c', '']).pid
    mkdirSync(`${folder}.draft-${gone}-abcdef`)
    await Promise.all([makeEnvironment(folder, PYTHON, THERE_ALREADY), makeEnvironment(folder, PYTHON, THERE_ALREADY)])
    expect(readdirSync(cache)).toEqual(['python-3-blob-1.0.0'])
    expect(spawnSync(interpreterIn(folder), ['-c', 'import sys; sys.exit(sys.prefix == sys.base_prefix)']).status).toBe(
      0,
    )
  }, 60_000)

  test('that cannot be filled is not left behind, and pip says why', async () => {
    const folder = join(cache, 'python-3-blob-2.0.0')
    const failed = makeEnvironment(folder, PYTHON, ['azure-storage-blob==99.99.99'])
    await expect(failed).rejects.toThrow(TargetError)
    await expect(failed).rejects.toThrow(/No matching distribution found for azure-storage-blob==99\.99\.99/)
    expect(existsSync(folder)).toBe(false)
    expect(readdirSync(cache).filter((name) => name.includes('2.0.0'))).toEqual([])
  }, 60_000)
})
