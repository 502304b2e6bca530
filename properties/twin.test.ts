import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../model/compiled-rules.ts'
import { tokenOf } from '../model/notation.ts'
import { RESOURCE_KINDS } from '../model/resource.ts'
import { RULES } from '../model/rules/index.ts'
import { isWait, type Memory, operationOf, remembering, type Scenario } from '../model/scenario.ts'
import { at } from '../model/time.ts'
import type { Trace, TraceStep } from '../model/trace.ts'
import { scenarios } from './arbitraries.ts'
import { measuredSteps } from './measured-waits.ts'
import { REMEMBERING_SERVERS, type RememberingServer } from './remembering-servers.ts'
import { simulate } from './simulation.ts'
import { SpoilableServer } from './spoilable-server.ts'
import { TWIN_PROPERTIES, TWIN_PROPERTY_NAMES, type Twin, type TwinPropertyName } from './twin.ts'
import { twinDifferences } from './twin-differences.ts'

const rules = compile(RULES)
const kinds = RESOURCE_KINDS.filter((kind) => RULES.some((rule) => rule.kind === kind))
const START_MS = 1_000_000_000_000

const SOUND: RememberingServer['faulty'] = ({ ask }) => ask

/** Plays a scenario whose waits are plain on a server that starts anew, and judges nothing. */
function played({ world, steps }: Scenario, faulty: RememberingServer['faulty']): Trace {
  const server = new SpoilableServer(rules, world)
  const ask = faulty(server)
  const memories = new Map<string, Memory>(
    server.resources.map(({ name, etag }) => [name, etag === undefined ? {} : { etag }]),
  )
  let nowMs = START_MS
  const trace = steps.map((call, place): TraceStep => {
    if (isWait(call)) {
      nowMs += call.ms
      return { call, exchanges: [] }
    }
    const memory = memories.get(call.on) ?? {}
    const operation = operationOf(call, memory, place)
    const answer = ask(operation, nowMs)
    memories.set(call.on, remembering(memory, call, answer))
    return { call, exchanges: [{ operation, window: at(nowMs), answer }] }
  })
  return { clock: { kind: 'virtual', drift: 0 }, world, steps: trace }
}

/** What a property finds; undefined where it has nothing to say of a scenario. */
function found(name: TwinPropertyName, scenario: Scenario, faulty: RememberingServer['faulty']) {
  const original = played(scenario, faulty)
  const twin: Twin | undefined = TWIN_PROPERTIES[name].twinOf(original)
  return twin && { twin, differences: twinDifferences(original, played(twin.scenario, faulty), twin) }
}

/** Random scenarios with plain waits: those of a server that keeps the rules. */
const plainScenarios = scenarios(rules, kinds).map((scenario): Scenario => {
  const { trace } = simulate(rules, rules, scenario)
  return { world: scenario.world, steps: measuredSteps({ steps: trace }) }
})

const sample = fc.sample(plainScenarios, { seed: 1, numRuns: 150 })

describe.each(TWIN_PROPERTY_NAMES)('%s', (name) => {
  test('holds of a server that keeps the rules', () => {
    let applied = 0
    fc.assert(
      fc.property(plainScenarios, (scenario) => {
        const compared = found(name, scenario, SOUND)
        if (compared === undefined) return
        applied++
        expect(compared.differences, `${tokenOf(scenario)}\n${tokenOf(compared.twin.scenario)}`).toEqual([])
      }),
      { numRuns: 300 },
    )
    expect(applied).toBeGreaterThan(100)
  })

  const servers = REMEMBERING_SERVERS.filter(({ noticedBy }) => noticedBy === name)
  test.each(servers.map((server) => [server.fault, server] as const))('notices a server that %s', (_, { faulty }) => {
    const noticed = sample.filter((scenario) => (found(name, scenario, faulty)?.differences.length ?? 0) > 0)
    expect(noticed).not.toEqual([])
  })
})
