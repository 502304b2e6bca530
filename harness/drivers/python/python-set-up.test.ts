import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UsageError } from '../../errors.ts'
import { findInterpreter } from './interpreter.ts'
import { pythonCommand } from './python-set-up.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leasecheck-python-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const CHOICE = { aio: false, offline: true, onProgress: () => {} }

/** A command that says what it was told to, whatever it is asked. */
function saying(name: string, text: string, status = 0): string {
  const file = join(folder, name)
  writeFileSync(file, `#!/bin/sh\necho '${text}'\nexit ${status}\n`, { mode: 0o755 })
  return file
}

describe('an interpreter', () => {
  test('is the first that tells its version', async () => {
    const commands = [join(folder, 'nowhere'), saying('no-python', 'hello'), saying('python', '3.13')]
    expect(await findInterpreter(commands)).toEqual({ command: commands[2], version: '3.13' })
  })

  test('that is too old is refused, not passed over', async () => {
    await expect(findInterpreter([saying('old', '3.9'), saying('new', '3.13')])).rejects.toThrow(
      /is Python 3\.9, and the driver needs 3\.10 or newer/,
    )
  })

  test('is missed with advice', async () => {
    const missed = findInterpreter([join(folder, 'nowhere')])
    await expect(missed).rejects.toThrow(UsageError)
    await expect(missed).rejects.toThrow(/there is no Python.*LEASECHECK_PYTHON/)
  })
})

describe('LEASECHECK_PYTHON', () => {
  test('is taken as it is if it has the SDK', async () => {
    const python = saying('with-sdk', '')
    const env = { LEASECHECK_PYTHON: python, PYTHONPATH: '/elsewhere' }
    const command = await pythonCommand({ ...CHOICE, aio: true, env })
    expect(command).toMatchObject({ command: python, args: ['-B', '-m', 'leasecheck_driver', '--aio'] })
    expect(command.env?.PYTHONPATH).toMatch(/harness\/drivers\/python[:;]\/elsewhere$/)
  })

  test('without the SDK is refused with what it said, and what to run', async () => {
    const python = join(folder, 'without-sdk')
    writeFileSync(python, "#!/bin/sh\necho 'ModuleNotFoundError: no azure' >&2\nexit 1\n", { mode: 0o755 })
    const refused = pythonCommand({ ...CHOICE, env: { LEASECHECK_PYTHON: python } })
    await expect(refused).rejects.toThrow(UsageError)
    await expect(refused).rejects.toThrow(/ModuleNotFoundError: no azure; run: .* -m pip install azure-storage-blob/)
  })

  test('and a version that is to be installed exclude each other', async () => {
    const env = { LEASECHECK_PYTHON: saying('with-sdk', '') }
    await expect(pythonCommand({ ...CHOICE, sdkVersion: '12.20.0', env })).rejects.toThrow(/leave --sdk-version out/)
  })
})

describe('a virtual environment of ours', () => {
  test('is not fetched offline', async () => {
    const bin = join(folder, 'bin')
    mkdirSync(bin)
    saying(join('bin', 'python3'), '3.13')
    const [path, cache] = [process.env.PATH, join(folder, 'cache')]
    process.env.PATH = bin
    try {
      const refused = pythonCommand({ ...CHOICE, env: { XDG_CACHE_HOME: cache } })
      await expect(refused).rejects.toThrow(/--offline forbids fetching it; run once without --offline/)
      const environment = join(cache, 'leasecheck', 'python-3.13-blob-12.20.0-file-share-12.16')
      mkdirSync(environment, { recursive: true })
      const { command } = await pythonCommand({ ...CHOICE, sdkVersion: '12.20.0', env: { XDG_CACHE_HOME: cache } })
      expect(command).toContain(environment)
    } finally {
      process.env.PATH = path
    }
  })
})
