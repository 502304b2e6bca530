import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { leasecheck, removeTemporaryFolders, resultsIn, start, temporaryFolder } from './child-command.ts'
import { FarReference } from './testing/far-reference.ts'

afterAll(removeTemporaryFolders)

/** The same client has the same divergences on any way. */
const KNOWN_OF_JS = fileURLToPath(new URL('../../reports/baselines/reference-js.json', import.meta.url))

describe('on a long way to a busy server', () => {
  let far: FarReference
  beforeAll(async () => {
    far = await FarReference.start()
  })
  afterEach(() => far.closeWays())
  afterAll(() => far.close())

  test('a run in real time is clean, holds its rate, and leaves nothing', async () => {
    const { blob, file, args } = await far.openWays({
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
    expect(await far.left()).toEqual([])
  }, 240_000)

  test.each(['rest', 'js'])(
    'driver %s: thousands of requests are judged without a false alarm',
    async (driver) => {
      const { args } = await far.openWays({ busy: 0.01, 'answer lost': 0.03, 'request lost': 0.02 }, 0)
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
      expect(await far.left()).toEqual([])
    },
    240_000,
  )

  test('what is created after the run has given it up is removed at its end', async () => {
    let creations = 0
    const isCreation = (method: string, url: string) => method === 'PUT' && /container\?restype=container$/.test(url)
    const { args } = await far.openWays(
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
    expect(await far.left()).toEqual([])
  })

  test('a server that is busy all the time ends the run with 3', async () => {
    const { args } = await far.openWays({ busy: 1 }, 0)
    const { status, stderr } = await leasecheck(['run', ...args], { cwd: temporaryFolder() })
    expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining('503 ServerBusy') })
  })
})
