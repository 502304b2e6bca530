import { isClientRule } from '../../../../model/client/client-rules.ts'
import { compile } from '../../../../model/compiled-rules.ts'
import type { ResourceKind } from '../../../../model/resource.ts'
import { RULES } from '../../../../model/rules/index.ts'
import type { Leg } from '../../../../properties/leg.ts'
import { planned } from '../../../campaign/plan.ts'
import { playScenario, type Stage } from '../../../campaign/play-scenario.ts'
import type { EmbeddedTarget } from '../../../targets/embedded-target.ts'
import { expressesIn } from '../../clients/call-table.ts'
import { clientDriver } from '../../clients/client-driver.ts'
import { PLAIN_CALLS } from './plain-calls.ts'
import { PLAIN_VERSION, type PlainClient } from './plain-client.ts'
import { plainLibrary } from './plain-library.ts'

const rules = compile(RULES)
const LEGS_AT_ONCE = 3
const START_MS = Date.UTC(2030, 0, 1)

/** The legs of the tour for a kind of resource, as a run with the plain client would play them. */
export function plainTour(kind: ResourceKind): readonly Leg[] {
  const { tour } = planned({
    rules,
    kinds: [kind],
    version: PLAIN_VERSION,
    thorough: false,
    hostile: false,
    only: [],
    clock: 'virtual',
    seed: 1,
    runs: 0,
    known: { spots: new Set(), missing: new Set() },
    calls: PLAIN_CALLS,
    expresses: expressesIn({ calls: PLAIN_CALLS, numbers: 'any' }),
  })
  return tour
}

/** What a client was found to do wrong. */
export interface Toured {
  /** The rules of clients that it broke, in the order in which that was seen. */
  readonly client: readonly string[]
  /** The rules that the server was said to break: always none, since it is the reference server. */
  readonly server: readonly string[]
  readonly requests: number
}

let tours = 0

/**
 * Sends a client on a tour, on one server.
 * @param enough ends the tour, given the rules broken so far
 */
export async function sendOnTour(
  client: PlainClient,
  legs: readonly Leg[],
  { endpoints }: EmbeddedTarget,
  enough: (broken: ReadonlySet<string>) => boolean = () => false,
): Promise<Toured> {
  const library = plainLibrary(client)
  const driver = clientDriver({ endpoint: endpoints[0]!, apiVersion: PLAIN_VERSION }, library)
  const stage: Stage = {
    rules,
    driver,
    clock: { kind: 'virtual', drift: 0 },
    version: PLAIN_VERSION,
    startMs: START_MS,
    signal: new AbortController().signal,
    cleansUp: false,
    leftBehind: () => {},
  }
  const broken = { client: new Set<string>(), server: new Set<string>() }
  const name = `tour-${tours++}`
  let next = 0
  let requests = 0
  const wander = async () => {
    for (let place = next++; place < legs.length && !enough(broken.client); place = next++) {
      const played = await playScenario(stage, legs[place]!.scenario, `${name}-${place}`)
      requests += played.requests
      for (const { divergences } of played.play.verdicts)
        for (const { rule } of divergences) broken[isClientRule(rule) ? 'client' : 'server'].add(rule)
    }
  }
  try {
    await Promise.all(Array.from({ length: LEGS_AT_ONCE }, wander))
  } finally {
    await driver.close()
    await library.close()
  }
  return { client: [...broken.client], server: [...broken.server], requests }
}
