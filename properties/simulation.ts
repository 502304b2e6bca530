import type { CompiledRules } from '../model/compiled-rules.ts'
import type { Scenario } from '../model/scenario.ts'
import { type Choose, type ServerState, serve, started } from '../model/server.ts'
import type { ServiceVersion } from '../model/service-version.ts'
import { at, type Instant } from '../model/time.ts'
import type { Exchange, TraceClock } from '../model/trace.ts'
import { worldOf } from '../model/world.ts'
import { nextRequest, type Play, type Request, startPlay, takeExchange } from './play.ts'

/** How a simulated server and the way to it behave. Left out: an exact clock, the likeliest answers, nothing lost. */
export interface Conditions {
  readonly clock?: TraceClock
  /** The instants of sending, acting and answering, for a request that is sent not before an instant. */
  readonly journey?: (atMs: Instant) => {
    readonly sentMs: Instant
    readonly actsMs: Instant
    readonly answeredMs: Instant
  }
  readonly choose?: Choose
  readonly version?: ServiceVersion | undefined
  /** What becomes of an exchange: it goes well, its request is lost, its answer is lost. */
  readonly fate?: () => 'answered' | 'request lost' | 'answer lost'
}

const START_MS = 1_000_000_000_000
const EXACT: TraceClock = { kind: 'virtual', drift: 0 }

/** Plays a scenario against a server that answers by `served` rules, and judges it by `rules`. */
export function simulate(
  rules: CompiledRules,
  served: CompiledRules,
  scenario: Scenario,
  conditions: Conditions = {},
): Play {
  const { clock = EXACT, version } = conditions
  let server = started(worldOf(scenario.world))
  const etags = new Map(server.world.flatMap(({ name, etag }) => (etag === undefined ? [] : [[name, etag]])))
  const play = startPlay(rules, scenario, { clock, startMs: START_MS, version, etags })
  for (let request = nextRequest(play); request !== undefined; request = nextRequest(play)) {
    const { state, exchange } = exchanged(served, server, request, conditions)
    server = state
    takeExchange(play, request, exchange)
  }
  return play
}

function exchanged(
  served: CompiledRules,
  server: ServerState,
  { operation, atMs }: Request,
  { journey, choose, fate }: Conditions,
): { readonly state: ServerState; readonly exchange: Exchange } {
  const { sentMs, actsMs, answeredMs } = journey?.(atMs) ?? { sentMs: atMs, actsMs: atMs, answeredMs: atMs }
  const happens = fate?.() ?? 'answered'
  const window = sentMs === answeredMs ? at(sentMs) : { earliestMs: sentMs, latestMs: answeredMs }
  if (happens === 'request lost') return { state: server, exchange: { operation, window, answer: undefined } }
  const { state, answer } = serve(served, server, operation, actsMs, choose)
  return { state, exchange: { operation, window, answer: happens === 'answer lost' ? undefined : answer } }
}
