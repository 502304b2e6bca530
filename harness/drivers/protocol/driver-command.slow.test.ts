import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import {
  leasecheck,
  removeTemporaryFolders,
  resultsIn,
  type Started,
  start,
  survivors,
  temporaryFolder,
} from '../../cli/child-command.ts'

afterAll(removeTemporaryFolders)

const FAKE = fileURLToPath(new URL('./testing/fake-driver.ts', import.meta.url))
const IN_FAKE = 'fake-driver'

function argsFor(behaviour: string): readonly string[] {
  const command = `"${process.execPath}" "${FAKE}" ${behaviour}`
  return ['run', 'reference', '--driver', `exec:${command}`, '--kinds', 'blob', '--only', 'acquire']
}

async function running(behaviour: string, ...more: readonly string[]) {
  const cwd = temporaryFolder()
  const { status, stdout, stderr } = await leasecheck([...argsFor(behaviour), ...more], { cwd })
  return { cwd, status, stdout, stderr }
}

describe('a driver that fails ends the run with one clear message, and never green', () => {
  const failures: readonly (readonly [behaviour: string, status: number, says: RegExp])[] = [
    ['crashes at the start', 3, /^leasecheck: the driver ended with exit status 7\nits last words:\n/],
    ['crashes in a call', 3, /^leasecheck: the driver ended with exit status 1\nits last words:\n/m],
    ['answers twice', 3, /^leasecheck: the driver answered [0-9]+, which nobody waits for: /m],
    ['gives up', 3, /^leasecheck: the driver gave up on "call" of acquire on a blob: there is no disk space$/m],
    ['speaks a newer protocol', 2, /^leasecheck: the driver speaks version 2 of the driver protocol/],
    ['has no calls', 2, /^leasecheck: driver fake can be asked for nothing/],
    [
      'has calls that nobody knows',
      2,
      /^leasecheck: driver fake has calls that leasecheck does not know: blob.acquier/,
    ],
    ['has calls of another service only', 2, /^leasecheck: driver fake has no call for anything that was asked for: /],
  ]
  test.each(failures)('%s: exit status %i', async (behaviour, status, says) => {
    const ended = await running(behaviour)
    expect(ended.stderr).toMatch(says)
    expect(ended.stderr).not.toContain('leasecheck itself failed')
    expect(ended.status).toBe(status)
  })

  test('the report says why in one line', async () => {
    const { cwd } = await running('crashes in a call')
    expect(resultsIn(cwd).footer).toMatchObject({
      complete: false,
      reason: expect.stringMatching(/^the driver ended with exit status 1 \| its last words: \| [^\n]+$/),
      exitStatus: 3,
    })
  })

  test('a command that is not there: exit status 2', async () => {
    const args = ['run', 'reference', '--driver', 'exec:leasecheck-no-such-command --fast', '--kinds', 'blob']
    const { status, stderr } = await leasecheck(args, { cwd: temporaryFolder() })
    expect(stderr).toMatch(/^leasecheck: the driver could not be started: leasecheck-no-such-command --fast \(/)
    expect(status).toBe(2)
  })
})

describe('a driver that tells what it has not done is found out', () => {
  const lies: readonly (readonly [behaviour: string, observed: string])[] = [
    ['lies about success', 'none, and a result'],
    ['lies about failure', 'none, and HttpError thrown'],
    ['says that nobody answered', 'none, and ConnectionError thrown'],
  ]
  test.each(lies)('%s', async (behaviour, observed) => {
    const { cwd, status } = await running(behaviour)
    expect(status).toBe(1)
    const buckets = resultsIn(cwd).events.filter((each) => each.event === 'bucket')
    const found = buckets.map((bucket) => [bucket.rule, bucket.observed])
    expect(found).toContainEqual(['client.blob.acquire.sends.requests', observed])
    expect(found.every(([rule]) => rule?.endsWith('.sends.requests'))).toBe(true)
  })
})

// Signals are those of Linux.
describe.skipIf(process.platform !== 'linux')('no process is left', () => {
  const driver = ({ pid: own, processes }: Started) =>
    processes().some(({ pid, commandLine }) => pid !== own && commandLine.includes(IN_FAKE))

  async function untilDriver(run: Started): Promise<void> {
    while (!driver(run)) await sleep(10)
  }

  test('after --list, which asks the driver for nothing but its calls', async () => {
    const { status, stdout } = await running('ignores the end', '--list')
    expect(status).toBe(0)
    expect(stdout).toContain('acquire')
  })

  test.each(['hangs in a call', 'hangs and ignores the end'])('after a Ctrl-C while a driver %s', async (behaviour) => {
    const run = start(argsFor(behaviour), { cwd: temporaryFolder() })
    while (!run.stdout().includes('plan')) await sleep(10)
    await sleep(500)
    process.kill(run.pid, 'SIGINT')
    const { status, stderr } = await run.ended
    expect({ status, stderr }).toEqual({ status: 130, stderr: expect.stringMatching(/^leasecheck: interrupted$/m) })
    expect(await survivors(run)).toEqual([])
  })

  test('after a Ctrl-C before a driver has said who it is', async () => {
    const run = start(argsFor('ignores everything'), { cwd: temporaryFolder() })
    await untilDriver(run)
    await sleep(500)
    process.kill(run.pid, 'SIGINT')
    expect((await run.ended).status).toBeUndefined()
    expect(await survivors(run)).toEqual([])
  })

  test('after leasecheck was killed: the end of its standard input tells a driver to go', async () => {
    const run = start(argsFor('hangs in a call'), { cwd: temporaryFolder() })
    while (!run.stdout().includes('plan')) await sleep(10)
    process.kill(run.pid, 'SIGKILL')
    await run.ended
    while (driver(run)) await sleep(10)
  })
})
