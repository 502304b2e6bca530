import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startReference } from '../targets/reference.ts'
import type { Target } from '../targets/target.ts'
import {
  type Fate,
  type Interfering,
  interferingProxy,
  seededFates,
  type Way,
} from '../targets/testing/interfering-proxy.ts'
import { leasecheck, removeTemporaryFolders, resultsIn, start, survivors, temporaryFolder } from './child-command.ts'
import { namesOn } from './testing/names-on.ts'

afterAll(removeTemporaryFolders)

/** How often a run is interrupted; by hand more often. */
const INTERRUPTIONS = Number(process.env.LEASECHECK_INTERRUPTIONS ?? 20)
const INTERRUPTED_AT_ONCE = 4
/** The same client has the same divergences on any way. */
const KNOWN_OF_JS = fileURLToPath(new URL('../../reports/baselines/reference-js.json', import.meta.url))

describe('on a long way to a busy server', () => {
  let target: Target
  const ways: Way[] = []
  beforeAll(async () => {
    target = await startReference({ processes: 1 })
  })
  afterEach(async () => {
    for (const way of ways.splice(0)) await way.close()
  })
  afterAll(() => target.close())

  async function openWays(shares: Partial<Record<Fate, number>> | Interfering['fate'], latencyMs = 300) {
    const { url, fileUrl } = target.endpoints[0]!
    const fateOf = (seed: number) => (typeof shares === 'function' ? shares : seededFates(shares, seed + 1))
    const [blob, file] = await Promise.all(
      [url, fileUrl!].map((to, seed) => interferingProxy(to, { latencyMs, fate: fateOf(seed) })),
    )
    ways.push(blob!, file!)
    return { blob: blob!, file: file!, args: [blob!.url, '--file-url', file!.url] }
  }

  const left = () => namesOn(target.endpoints[0]!)

  test('a run in real time is clean, holds its rate, and leaves nothing', async () => {
    const { blob, file, args } = await openWays({
      busy: 0.02,
      'answer lost': 0.005,
      'request lost': 0.005,
      late: 0.002,
    })
    const cwd = temporaryFolder()
    const selection = [
      '--kinds',
      'container,share',
      '--only',
      'release',
      'available',
      '--max-requests-per-second',
      '60',
    ]
    const run = start(['run', ...args, ...selection], { cwd, limitMs: 200_000 })
    const { status, stdout, stderr } = await run.ended
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.not.stringContaining('could not be removed') })
    const { footer, header } = resultsIn(cwd)
    expect(header).toMatchObject({ clock: 'wall' })
    expect(footer).toMatchObject({
      complete: true,
      buckets: { new: 0, known: 0 },
      interference: { busy: expect.any(Number) },
    })
    expect(stdout).toContain('refused as too busy, and asked again')
    const arrivals = [...blob.arrivals, ...file.arrivals].sort((one, other) => one - other)
    const mostInASecond = Math.max(
      ...arrivals.map((from, place) => arrivals.findLastIndex((at) => at < from + 1000) - place + 1),
    )
    expect(mostInASecond).toBeLessThanOrEqual(60 * 1.1 + 2)
    expect(await left()).toEqual([])
  }, 240_000)

  test.each(['rest', 'js'])(
    'driver %s: thousands of requests are judged without a false alarm',
    async (driver) => {
      const { args } = await openWays({ busy: 0.01, 'answer lost': 0.03, 'request lost': 0.02 }, 0)
      const cwd = temporaryFolder()
      const baseline = driver === 'rest' ? [] : ['--baseline', KNOWN_OF_JS]
      const selection = [
        '--driver',
        driver,
        '--kinds',
        'blob,share',
        '--only',
        'renew',
        '--clock',
        'header',
        ...baseline,
      ]
      const { ended } = start(['run', ...args, ...selection], { cwd, limitMs: 200_000 })
      expect(await ended).toMatchObject({ status: 0 })
      const { footer } = resultsIn(cwd)
      expect(footer).toMatchObject({ complete: true, buckets: { new: 0 } })
      expect(footer!.interference!.unanswered).toBeGreaterThan(20)
      expect(await left()).toEqual([])
    },
    240_000,
  )

  test('what is created after the run has given it up is removed at its end', async () => {
    let creations = 0
    const isCreation = (method: string, url: string) => method === 'PUT' && /container\?restype=container$/.test(url)
    const { args } = await openWays(
      (method, url) => (isCreation(method, url) && ++creations === 1 ? 'late' : 'served'),
      0,
    )
    const token = 'lc1/container/acquire,proposed=A,duration=15/wait,6000ms/getContainerProperties'
    expect(await leasecheck(['replay', token, args[0]!], { cwd: temporaryFolder() })).toMatchObject({
      status: 0,
      stderr: '',
    })
    // The survey of what the server knows creates some before.
    expect(creations).toBeGreaterThan(1)
    expect(await left()).toEqual([])
  })

  test('a server that is busy all the time ends the run with 3', async () => {
    const { args } = await openWays({ busy: 1 }, 0)
    const { status, stderr } = await leasecheck(['run', ...args], { cwd: temporaryFolder() })
    expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining('503 ServerBusy') })
  })

  // Signals are those of Linux.
  test.skipIf(process.platform !== 'linux')(
    `nothing is left after a SIGINT at a random moment, ${INTERRUPTIONS} times`,
    async () => {
      const { args } = await openWays({ busy: 0.02, 'answer lost': 0.01 })
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
        expect(await left()).toEqual([])
      }
    },
    60_000 + INTERRUPTIONS * 20_000,
  )

  test.skipIf(process.platform !== 'linux')(
    'a second SIGINT stops at once and says what is left, and clean finds it',
    async () => {
      const { args } = await openWays({}, 600)
      const run = start(['run', ...args, '--kinds', 'container', '--only', 'expired'], { cwd: temporaryFolder() })
      while ((await left()).length < 20) await sleep(10)
      process.kill(run.pid, 'SIGINT')
      await sleep(200)
      process.kill(run.pid, 'SIGINT')
      const beganMs = performance.now()
      const { status, stderr } = await run.ended
      expect(performance.now() - beganMs).toBeLessThan(2_000)
      expect(status).toBe(130)
      const standing = await left()
      expect(standing.length).toBeGreaterThan(0)
      expect(stderr).toMatch(
        /stopped without cleaning up; at most [0-9]+ containers or shares of this run may be left: leasecheck-/,
      )
      expect(stderr).toContain(`leasecheck clean ${args[0]} --older-than 0s`)
      const { url, fileUrl } = target.endpoints[0]!
      await leasecheck(['clean', url, '--file-url', fileUrl!, '--older-than', '0s'], { cwd: temporaryFolder() })
      expect(await left()).toEqual([])
    },
  )
})
