import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { leasecheck, removeTemporaryFolders, start, survivors, temporaryFolder } from './child-command.ts'
import { FarReference } from './testing/far-reference.ts'

afterAll(removeTemporaryFolders)

/** How often a run is interrupted; by hand more often. */
const INTERRUPTIONS = Number(process.env.LEASECHECK_INTERRUPTIONS ?? 20)
const INTERRUPTED_AT_ONCE = 4

// Signals are those of Linux.
describe.skipIf(process.platform !== 'linux')('a run on a long way to a busy server', () => {
  let far: FarReference
  beforeAll(async () => {
    far = await FarReference.start()
  })
  afterEach(() => far.closeWays())
  afterAll(() => far.close())

  test(
    `nothing is left after a SIGINT at a random moment, ${INTERRUPTIONS} times`,
    async () => {
      const { args } = await far.openWays({ busy: 0.02, 'answer lost': 0.01 })
      const long = ['--kinds', 'container,share', '--only', 'expired']
      const interrupted = async () => {
        const run = start(['run', ...args, ...long], { cwd: temporaryFolder() })
        while (!run.stdout().includes('creates')) await sleep(10)
        await sleep(Math.random() * 3_000)
        process.kill(run.pid, 'SIGINT')
        const { status, stderr } = await run.ended
        expect({ status, stderr }).toEqual({ status: 130, stderr: expect.stringMatching(/^leasecheck: interrupted$/m) })
        expect(stderr).not.toContain('could not be removed')
        expect(await survivors(run)).toEqual([])
      }
      for (let done = 0; done < INTERRUPTIONS; done += INTERRUPTED_AT_ONCE) {
        await Promise.all(Array.from({ length: Math.min(INTERRUPTED_AT_ONCE, INTERRUPTIONS - done) }, interrupted))
        expect(await far.left()).toEqual([])
      }
    },
    60_000 + INTERRUPTIONS * 20_000,
  )

  test('a second SIGINT stops at once and says what is left, and clean finds it', async () => {
    const { args } = await far.openWays({}, 600)
    const run = start(['run', ...args, '--kinds', 'container', '--only', 'expired'], { cwd: temporaryFolder() })
    while ((await far.left()).length < 20) await sleep(10)
    process.kill(run.pid, 'SIGINT')
    await sleep(200)
    process.kill(run.pid, 'SIGINT')
    const beganMs = performance.now()
    const { status, stderr } = await run.ended
    expect(performance.now() - beganMs).toBeLessThan(2_000)
    expect(status).toBe(130)
    const standing = await far.left()
    expect(standing.length).toBeGreaterThan(0)
    expect(stderr).toMatch(
      /stopped without cleaning up; at most [0-9]+ containers or shares of this run may be left: leasecheck-/,
    )
    expect(stderr).toContain(`leasecheck clean ${args[0]} --older-than 0s`)
    await leasecheck(['clean', ...far.args, '--older-than', '0s'], { cwd: temporaryFolder() })
    expect(await far.left()).toEqual([])
  })
})
