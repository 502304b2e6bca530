import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../model/compiled-rules.ts'
import { explore } from '../model/machine.ts'
import { tokenOf } from '../model/notation.ts'
import { RESOURCE_KINDS } from '../model/resource.ts'
import { RULES } from '../model/rules/index.ts'
import type { Choose } from '../model/server.ts'
import { scenarios } from './arbitraries.ts'
import { type Conditions, simulate } from './simulation.ts'
import { tour } from './tour.ts'

const rules = compile(RULES)

test('a server that keeps the rules is never accused: tours on virtual time', () => {
  for (const kind of RESOURCE_KINDS) {
    const machine = explore(rules, kind)
    const reached = new Set<string>()
    for (const { scenario } of tour(rules, machine)) {
      const { verdicts } = simulate(rules, rules, scenario)
      expect(
        verdicts.filter(({ result }) => result === 'diverged'),
        tokenOf(scenario),
      ).toEqual([])
      for (const { cell } of verdicts) if (cell !== undefined) reached.add(cell)
    }
    expect(
      [...machine.visits.keys()].filter((cell) => !reached.has(cell)),
      'cells that the tour misses',
    ).toEqual([])
  }
})

test('a server that keeps the rules is never accused: random scenarios, any permitted answer', () => {
  fc.assert(
    fc.property(scenarios(rules, RESOURCE_KINDS), fc.infiniteStream(fc.nat()), (scenario, numbers) => {
      expectNoAccusation(simulate(rules, rules, scenario, { choose: chooserFrom(numbers) }))
    }),
    { numRuns: 2000 },
  )
})

test('a server that keeps the rules is never accused: wall time, drifting clocks, lost requests and answers', () => {
  fc.assert(
    fc.property(
      scenarios(rules, RESOURCE_KINDS),
      fc.infiniteStream(fc.nat()),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 4000 }),
      (scenario, numbers, drift, latencyMs) => {
        expectNoAccusation(simulate(rules, rules, scenario, roughConditions(numbers, drift, latencyMs)))
      },
    ),
    { numRuns: 2000 },
  )
})

test('a wait of a second beyond an uncertain deadline is still judged: a lease that never ends is noticed on wall time', () => {
  const immortal = compile(
    RULES.map((rule) =>
      rule.id.startsWith('blob.acquire.available')
        ? {
            ...rule,
            expect: rule.expect.map((outcome) => ({
              ...outcome,
              clock: { ...outcome.clock, values: ['none' as const] },
            })),
          }
        : rule,
    ),
  )
  const scenario = {
    world: [
      { name: 'container', kind: 'container' as const, condition: 'present' as const },
      { name: 'blob', kind: 'blob' as const, parent: 'container', condition: 'present' as const },
    ],
    steps: [
      { do: 'acquire' as const, on: 'blob', proposedLeaseId: 'A', duration: '60' },
      { wait: 'for' as const, on: 'blob', ms: 20_000 },
      { do: 'getBlob' as const, on: 'blob' },
    ],
  }
  const { verdicts } = simulate(rules, immortal, scenario, { clock: { kind: 'wall', drift: 0.001 } })
  expect(verdicts.at(-1)?.divergences.map(({ field, observed, level }) => [field, observed, level])).toContainEqual([
    'x-ms-lease-state',
    'expired',
    'settled',
  ])
})

function expectNoAccusation({ scenario, trace, verdicts }: ReturnType<typeof simulate>): void {
  const accused = verdicts.findIndex(({ result }) => result === 'diverged')
  expect(accused, `${tokenOf(scenario)}\n${JSON.stringify(trace[accused])}\n${JSON.stringify(verdicts[accused])}`).toBe(
    -1,
  )
}

function chooserFrom(numbers: fc.Stream<number>): Choose {
  return (values) => values[numbers.next().value % values.length]!
}

/** A server whose clock runs up to 0.1 % wrong, seconds of latency, and one exchange in ten that gets lost. */
function roughConditions(numbers: fc.Stream<number>, drift: number, latencyMs: number): Conditions {
  const next = (below: number): number => numbers.next().value % Math.max(1, below)
  const originMs = 1_000_000_000_000
  return {
    clock: { kind: 'wall', drift: 0.001 },
    choose: chooserFrom(numbers),
    fate: () => (['request lost', 'answer lost'] as const)[next(20)] ?? 'answered',
    journey: (sentMs) => {
      const travelled = next(latencyMs)
      const answeredMs = sentMs + travelled + next(latencyMs)
      const byItsClock = originMs + (sentMs + travelled - originMs) * (1 + drift * 0.0009)
      return { sentMs, actsMs: byItsClock + 3_600_000, answeredMs }
    },
  }
}
