import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OperationName, operation } from '../../model/operation.ts'
import { NEWEST_VERSION } from '../../model/service-version.ts'
import { WORLDS } from '../../model/usual-worlds.ts'
import { realNames } from '../campaign/real-names.ts'
import { TargetError } from '../errors.ts'
import { startReference } from '../targets/reference.ts'
import type { Target } from '../targets/target.ts'
import { type Fate, type Interfering, interferingProxy, type Way } from '../targets/testing/interfering-proxy.ts'
import { Pace, type PaceOptions } from './pace.ts'
import { restDriver } from './rest.ts'

const names = realNames(WORLDS.container!, 'pace-0')

describe('on the way to a reference server', () => {
  let target: Target
  beforeAll(async () => {
    target = await startReference({ processes: 1 })
  })
  afterAll(() => target.close())

  /** Sends a request many times at once. */
  async function sendMany(
    times: number,
    options: PaceOptions,
    interfering: Interfering,
    name: OperationName = 'getContainerProperties',
  ): Promise<{ readonly way: Way; readonly pace: Pace; readonly statuses: readonly (number | undefined)[] }> {
    const endpoint = target.endpoints[0]!
    const way = await interferingProxy(endpoint.url, interfering)
    const pace = new Pace(options)
    const driver = restDriver({ endpoint: { ...endpoint, url: way.url }, apiVersion: NEWEST_VERSION, pace })
    try {
      const all = Array.from({ length: times }, () =>
        driver.perform(operation(name, 'container'), 'container', names, undefined),
      )
      return { way, pace, statuses: (await Promise.all(all)).map(({ answer }) => answer?.status) }
    } finally {
      await driver.close()
      await way.close()
    }
  }

  const served = () => 'served' as const

  test.each([40, 150])('%d requests a second are held, and had', async (maxPerSecond) => {
    const seconds = 1.5
    const { way } = await sendMany(
      maxPerSecond * seconds,
      { maxPerSecond, maxUnderWay: 32 },
      { latencyMs: 10, fate: served },
    )
    const mostIn = (ms: number) => {
      const { arrivals } = way
      return Math.max(...arrivals.map((from, place) => arrivals.slice(place).filter((at) => at < from + ms).length))
    }
    // On the way some are overtaken, so that a few more may arrive in a second than were sent in it.
    expect(mostIn(1000)).toBeLessThanOrEqual(maxPerSecond * 1.05 + 2)
    expect(way.arrivals.at(-1)! - way.arrivals[0]!).toBeLessThan(seconds * 1000 * 2)
  })

  test('no more are under way than may be', async () => {
    const { way } = await sendMany(40, { maxUnderWay: 4 }, { latencyMs: 40, fate: served })
    expect(way.arrivals.at(-1)! - way.arrivals[0]!).toBeGreaterThanOrEqual(9 * 40 - 20)
  })

  test.each(['busy', 'throttled'] as const)(
    'one that is %s leaves the server alone on all connections',
    async (fate) => {
      let seen = 0
      const interfering = { latencyMs: 0, retryAfterSeconds: 1, fate: (): Fate => (++seen === 5 ? fate : 'served') }
      const { way, pace, statuses } = await sendMany(30, { maxUnderWay: 2 }, interfering)
      const gaps = way.arrivals.map((at, place) => at - (way.arrivals[place - 1] ?? at))
      // The other connection may have had one under way.
      expect(gaps.filter((gap) => gap > 900)).toHaveLength(1)
      expect(pace.interference).toEqual({ busy: 1, unanswered: 0 })
      // It is told as it came: whoever asked for it decides what becomes of it.
      expect(statuses.filter((status) => status !== 404)).toEqual([fate === 'busy' ? 503 : 429])
    },
  )

  test('pauses grow while most answers are refusals', async () => {
    const { way } = await sendMany(15, { maxUnderWay: 1 }, { latencyMs: 0, fate: () => 'busy' })
    const gaps = way.arrivals.map((at, place) => at - (way.arrivals[place - 1] ?? at)).slice(1)
    expect(Math.max(...gaps)).toBeGreaterThan(1_000)
    expect(gaps[0]).toBeLessThan(300)
  })

  test('whoever wants to be left alone for hours is', async () => {
    const busy = { latencyMs: 0, retryAfterSeconds: 7_200, fate: () => 'busy' as const }
    await expect(sendMany(1, { maxUnderWay: 1 }, busy)).rejects.toThrow(TargetError)
  })
})
