import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compile } from '../../../model/compiled-rules.ts'
import { RULES } from '../../../model/rules/index.ts'
import { type EmptyServer, emptyServer } from '../../reference/testing/empty-server.ts'
import type { ExchangeVerdict } from '../verifying/exchange-verdict.ts'
import { requestLine } from '../verifying-files/request-line.ts'
import { BusyServer, busySessions, type Manner } from './testing/busy-session.ts'
import type { TimedExchange } from './timed-session.ts'
import { verifyTimed } from './verify-timed.ts'

const rules = compile(RULES)

/** How many sessions of each manner; by hand more, and then it is told how many answers were explained of those that could be. */
const SESSIONS = Number(process.env.LEASECHECK_BUSY_SESSIONS ?? 80)
const SEED = Number(process.env.LEASECHECK_BUSY_SEED ?? 1)

let server: EmptyServer
let busy: BusyServer
beforeAll(async () => {
  server = await emptyServer()
  busy = new BusyServer(server)
})
afterAll(async () => {
  await busy.close()
  await server.close()
})

function told({ place, method, url, requestHeaders, status, window }: TimedExchange): string {
  const from = `${window.earliestMs % 1e6} to ${window.latestMs % 1e6}`
  return `${place}, ${from}: ${requestLine({ method, url, requestHeaders })} ${JSON.stringify(requestHeaders)} ${status}`
}

function accusation(verdict: ExchangeVerdict): readonly string[] {
  if (verdict.result !== 'unexplained') return []
  const { exchange, divergences } = verdict
  return divergences.map(({ rule, field, observed, expected }) =>
    [exchange.place, requestLine(exchange), rule, field, observed, `expected ${expected}`].join(' '),
  )
}

describe('no order of overlapping requests makes a server look wrong that is right', () => {
  test.each<[string, Manner, number]>([
    ['now and then', { lost: 0, pace: 'leisurely' }, 0.85],
    ['all the time', { lost: 0, pace: 'hasty' }, 0.3],
    ['and some are never answered', { lost: 6, pace: 'leisurely' }, 0.6],
    ['all the time, and some are never answered', { lost: 6, pace: 'hasty' }, 0.2],
  ])('they overlap %s', async (_, manner, leastExplained) => {
    let explained = 0
    let judged = 0
    await fc.assert(
      fc.asyncProperty(busySessions(60, manner), async (moves) => {
        const exchanges = await busy.play(moves)
        const verdicts = verifyTimed(rules, exchanges)
        expect(verdicts.flatMap(accusation), exchanges.map(told).join('\n')).toEqual([])
        explained += verdicts.filter(({ result }) => result === 'explained').length
        judged += verdicts.filter(({ result }) => result !== 'beside').length
      }),
      { numRuns: SESSIONS, seed: SEED, endOnFailure: true },
    )
    if (process.env.LEASECHECK_BUSY_SESSIONS !== undefined) console.log(manner, explained, judged)
    // Whoever judges nothing accuses nobody either.
    expect(explained / judged).toBeGreaterThan(leastExplained)
  })
})

test('an answer that is altered is noticed, where the order is known', async () => {
  let altered = 0
  let noticed = 0
  await fc.assert(
    fc.asyncProperty(busySessions(40, { lost: 0, pace: 'leisurely' }), fc.nat(), async (moves, chosen) => {
      const exchanges = await busy.play(moves)
      const verdicts = verifyTimed(rules, exchanges)
      const onLeases = exchanges.filter(
        ({ url }, place) => /comp=lease/.test(url) && verdicts[place]!.result === 'explained',
      )
      const one = onLeases[chosen % Math.max(1, onLeases.length)]
      if (one === undefined) return
      const other = one.status < 300 ? { status: 409, 'x-ms-error-code': 'LeaseIdMissing' } : { status: 412 }
      const { status, ...headers } = other
      const spoilt: TimedExchange = { ...one, status, responseHeaders: { ...one.responseHeaders, ...headers } }
      const again = verifyTimed(
        rules,
        exchanges.map((each) => (each === one ? spoilt : each)),
      )
      altered++
      if (again.flatMap(accusation).length > 0) noticed++
    }),
    { numRuns: SESSIONS, seed: SEED, endOnFailure: true },
  )
  expect(altered).toBeGreaterThan(0)
  expect(noticed).toBe(altered)
})
