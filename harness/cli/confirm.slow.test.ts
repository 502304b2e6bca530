import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startReference } from '../targets/reference.ts'
import type { Target } from '../targets/target.ts'
import { leasecheck, removeTemporaryFolders, temporaryFolder } from './child-command.ts'
import { leaveContainer } from './testing/leave-container.ts'
import { namesOn } from './testing/names-on.ts'

afterAll(removeTemporaryFolders)

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const SHORT = ['--kinds', 'container', '--only', 'available', 'renew']

describe('before anything is created on a server that is not ours', () => {
  let target: Target
  let near: string
  /** Linux takes this address for its own, and nothing else says that it is this machine. */
  let far: string
  beforeAll(async () => {
    target = await startReference({ processes: 1 })
    near = target.endpoints[0]!.url
    far = near.replace('127.0.0.1', '0.0.0.0')
  })
  afterEach(async () => {
    expect(await namesOn(target.endpoints[0]!)).toEqual([])
  })
  afterAll(() => target.close())

  test('a run tells what, how many, how fast and for how long, and goes on by itself on this machine', async () => {
    const { status, stdout } = await leasecheck(['run', near, ...SHORT], { cwd: temporaryFolder() })
    expect(status).toBe(0)
    expect(stdout).toMatch(
      / {2}creates +[0-9]+ containers, called leasecheck-[0-9a-z]{5}-\.\.\., and removes them again/,
    )
    expect(stdout).toMatch(/ {2}pace +about [0-9]+ requests, with setting up and removing, as fast as it answers/)
    expect(stdout).toMatch(/ {2}time +about [0-9]+ s/)
  })

  describe.skipIf(process.platform !== 'linux')('elsewhere', () => {
    test.each([
      ['run', SHORT],
      ['clean', ['--older-than', '0s']],
    ] as const)('%s wants --yes where nobody can be asked', async (command, args) => {
      if (command === 'clean') await leaveContainer(target.endpoints[0]!, 'leasecheck-abcde-0-container')
      const cwd = temporaryFolder()
      const { status, stderr } = await leasecheck([command, far, ...args], { cwd })
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: expect.stringMatching(/nothing was changed on 0\.0\.0\.0:.*--yes/),
      })
      const agreed = await leasecheck([command, far, ...args, '--yes'], { cwd })
      expect(agreed.status).toBe(0)
      if (command === 'run') expect(agreed.stdout).toMatch(/at most 100 a second/)
    })

    // `script` gives a command a terminal.
    test.skipIf(spawnSync('script', ['--version']).status !== 0).each([
      ['y', 0],
      ['', 2],
      ['no', 2],
      // Ctrl-C
      ['\u0003', 130],
    ])('%j on a terminal ends with %d', async (answer, expected) => {
      const command = [process.execPath, MAIN, 'run', far, ...SHORT].map((word) => `'${word}'`).join(' ')
      const terminal = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
        cwd: temporaryFolder(),
      })
      let shown = ''
      terminal.stdout.on('data', (text: Buffer) => {
        const asked = shown.includes('go on? [y/N]')
        shown += text
        if (!asked && shown.includes('go on? [y/N]')) terminal.stdin.write(answer === '\u0003' ? answer : `${answer}\n`)
      })
      const [status] = await once(terminal, 'close')
      expect({ status, shown }).toMatchObject({ status: expected })
      expect(shown.includes('nothing new')).toBe(expected === 0)
    })
  })
})
