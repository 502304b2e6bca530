import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leasecheck, removeTemporaryFolders, temporaryFolder } from './child-command.ts'
import { PACKAGE_FOLDER, VERSION } from './version.ts'

afterAll(removeTemporaryFolders)

/** A Node on the path that is older than what the package asks for. */
const OLD_NODE = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .map((folder) => join(folder, process.platform === 'win32' ? 'node.exe' : 'node'))
  .find((file) => existsSync(file) && isOld(spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout))

function isOld(version: string | null): boolean {
  const [major = 99, minor = 0] = (version ?? '').replace(/^v/, '').split('.').map(Number)
  return major < 22 || (major === 22 && minor < 22)
}

describe('the package as it is built', () => {
  const folder = temporaryFolder()
  const main = join(folder, 'dist/harness/cli/main.js')

  beforeAll(() => {
    const require = createRequire(import.meta.url)
    const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc')
    const args = ['-p', join(PACKAGE_FOLDER, 'tsconfig.build.json'), '--outDir', join(folder, 'dist')]
    const built = spawnSync(process.execPath, [tsc, ...args], { encoding: 'utf8' })
    expect(built.stdout + built.stderr).toBe('')
    mkdirSync(join(folder, 'reports'))
    cpSync(join(PACKAGE_FOLDER, 'package.json'), join(folder, 'package.json'))
    cpSync(join(PACKAGE_FOLDER, 'reports/baselines'), join(folder, 'reports/baselines'), { recursive: true })
    symlinkSync(join(PACKAGE_FOLDER, 'node_modules'), join(folder, 'node_modules'), 'junction')
  })

  test('runs by npx in a clone, as npm ci and npm run build leave it', () => {
    const ran = spawnSync('npx leasecheck --version', { cwd: PACKAGE_FOLDER, encoding: 'utf8', shell: true })
    expect([ran.stdout.trim(), ran.status]).toEqual([VERSION, 0])
  })

  test('runs', async () => {
    const cwd = temporaryFolder()
    const args = ['run', '--kinds', 'blob', '--only', 'renew expired', '--processes', '1']
    expect(await leasecheck(args, { cwd, main })).toMatchObject({ status: 0 })
  })

  test.skipIf(OLD_NODE === undefined)('says in a line what it needs where Node is older', () => {
    for (const args of [['run'], ['--version'], []]) {
      const { status, stdout, stderr } = spawnSync(OLD_NODE!, [main, ...args], { encoding: 'utf8' })
      expect(stderr).toMatch(/^leasecheck needs Node 22\.22 or newer, and this is Node \S+: install .*\n$/)
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    }
  })
})
