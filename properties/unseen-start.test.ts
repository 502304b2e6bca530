import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../model/compiled-rules.ts'
import { judge } from '../model/judge.ts'
import { leaseIdArgument } from '../model/lease-id.ts'
import { explore } from '../model/machine.ts'
import { tokenOf } from '../model/notation.ts'
import { RESOURCE_KINDS } from '../model/resource.ts'
import { RULES } from '../model/rules/index.ts'
import type { Trace, TraceStep } from '../model/trace.ts'
import type { ResourceSetting, UnseenSetting } from '../model/world.ts'
import { scenarios } from './arbitraries.ts'
import { simulate } from './simulation.ts'
import { tour } from './tour.ts'

const rules = compile(RULES)

/** The end of a trace as somebody knows it who came in late: nothing is known of the resources, and dates have whole seconds. */
function joinedLate(world: readonly ResourceSetting[], steps: readonly TraceStep[]): Trace<UnseenSetting> {
  const dated = steps
    .filter(({ exchanges }) => exchanges.length > 0)
    .map((step) => ({
      ...step,
      exchanges: step.exchanges.map((exchange) => {
        const second = Math.floor(exchange.window.earliestMs / 1000) * 1000
        return { ...exchange, window: { earliestMs: second - 1000, latestMs: second + 1999 } }
      }),
    }))
  const unseenIds = [...new Set(dated.flatMap(idsIn))]
  const unseen = world.map(({ name, kind, parent }) => ({
    name,
    kind,
    ...(parent === undefined ? {} : { parent }),
    unseenIds,
  }))
  return { clock: { kind: 'wall', drift: 0.001 }, world: unseen, steps: dated }
}

function idsIn({ exchanges }: TraceStep): readonly string[] {
  return exchanges.flatMap(({ operation: { leaseId, proposedLeaseId, sourceLeaseId }, answer }) =>
    [leaseId, proposedLeaseId, sourceLeaseId, leaseIdArgument(answer?.headers['x-ms-lease-id'])].flatMap((each) =>
      each.given === 'guid' ? [each.id] : [],
    ),
  )
}

test('whoever comes in late accuses nobody: every tour, from every 29th step on', () => {
  for (const kind of RESOURCE_KINDS) {
    for (const [number, { scenario }] of tour(rules, explore(rules, kind)).entries()) {
      const { trace } = simulate(rules, rules, scenario)
      for (let first = number % 29; first < trace.length; first += 29) {
        const { steps } = judge(rules, joinedLate(scenario.world, trace.slice(first)))
        expect(
          steps.filter(({ result }) => result === 'diverged'),
          `${tokenOf(scenario)} from step ${first}`,
        ).toEqual([])
      }
    }
  }
})

test('whoever comes in late accuses nobody: random scenarios', () => {
  fc.assert(
    fc.property(scenarios(rules, RESOURCE_KINDS), fc.nat(), (scenario, number) => {
      const { trace } = simulate(rules, rules, scenario)
      const { steps } = judge(rules, joinedLate(scenario.world, trace.slice(number % Math.max(1, trace.length))))
      expect(steps.filter(({ result }) => result === 'diverged')).toEqual([])
    }),
    { numRuns: 1000 },
  )
})
