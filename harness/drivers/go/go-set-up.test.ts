import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { TargetError, UsageError } from '../../errors.ts'
import { goCommand } from './go-set-up.ts'

/** A folder that is all of PATH, and one for the cache. */
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leasecheck-go-'))
  vi.stubEnv('PATH', folder)
  vi.stubEnv('XDG_CACHE_HOME', folder)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

const setUp = (offline = false) => goCommand({ sdkVersion: undefined, offline, onProgress: () => {} })

/** A go that does what a script says: not a stand-in for Go, but one of those that are no use to us. */
async function useless(script: string): Promise<void> {
  await writeFile(join(folder, 'go'), `#!/bin/sh\n${script}\n`)
  await chmod(join(folder, 'go'), 0o755)
}

describe.skipIf(process.platform === 'win32')('what cannot be set up says why, and leaves nothing behind', () => {
  test('there is no Go', async () => {
    await expect(setUp()).rejects.toThrow(UsageError)
    await expect(setUp()).rejects.toThrow(/no go on the PATH: install Go 1\.\d+.* or newer from/)
  })

  test('Go is too old', async () => {
    await useless('echo go1.20.14')
    await expect(setUp()).rejects.toThrow(UsageError)
    await expect(setUp()).rejects.toThrow(/go on the PATH is go1\.20\.14: install/)
  })

  test('the build fails: its last words are told, and what --offline has to do with it', async () => {
    await useless('[ "$1" = env ] && { echo go1.99.0; exit; }; echo "no module provides it" >&2; exit 1')
    await expect(setUp()).rejects.toThrow(TargetError)
    await expect(setUp()).rejects.toThrow(/go build .* failed; its last words:\n {2}no module provides it$/)
    await expect(setUp(true)).rejects.toThrow(/no module provides it\n--offline forbids fetching/)
    expect(await readdir(join(folder, 'leasecheck'))).toEqual([])
  })
})
