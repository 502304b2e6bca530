import { compile } from '../../../model/compiled-rules.ts'
import { RULES } from '../../../model/rules/index.ts'
import type { TraceClock } from '../../../model/trace.ts'
import { inOrder } from '../../campaign/in-order.ts'
import type { Endpoint } from '../../targets/target.ts'
import { callKey, expressesIn } from '../clients/call-table.ts'
import type { ClientLibrary } from '../clients/client-library.ts'
import { restDriver } from '../rest.ts'
import type { Experiment } from './experiment.ts'
import { type LosingClient, losingClient } from './losing-client.ts'
import { type LosingStage, type PlayedExperiment, playExperiment } from './play-experiment.ts'

/** So many at once: clients sleep for most of the time, 15 s and more before they try again. */
const AT_ONCE = 96
/** A process more costs memory and a second to start. */
const MOST_LIBRARIES = 6

/** What experiments are made with. */
export interface ExperimentOptions {
  readonly endpoint: Endpoint
  readonly clock: TraceClock
  /** What the names of everything that is created begin with. */
  readonly prefix: string
  readonly startLibrary: () => Promise<ClientLibrary>
  /** Ends everything before the next experiment. */
  readonly signal: AbortSignal
  /** Hears how many have been made. */
  readonly progress: (done: number) => void
}

/** The experiments that can be asked of a library: it has the call, and the policy is one that it speaks of. */
export function experimentsFor(library: ClientLibrary, all: readonly Experiment[]): readonly Experiment[] {
  const expresses = expressesIn(library)
  const policies = library.documented?.tries ?? { none: 1, default: undefined }
  return all.filter(({ family, call, scenario, policy }) => {
    const description = library.calls[callKey(call.do, family)]
    return (
      policy in policies && description?.sends !== 'nothing' && expresses(call, family, scenario.world) !== 'not at all'
    )
  })
}

/**
 * Makes experiments side by side, as many as the library can have under way; it is started more than once if that are few.
 * @throws what `playExperiment` throws, and the reason of the signal.
 */
export async function runExperiments(
  experiments: readonly Experiment[],
  { endpoint, clock, prefix, startLibrary, signal, progress }: ExperimentOptions,
): Promise<readonly PlayedExperiment[]> {
  const clients = await startClients(startLibrary, endpoint, Math.min(AT_ONCE, experiments.length))
  const rest = restDriver({ endpoint, apiVersion: clients[0]!.library.apiVersion })
  const instant = clock.kind === 'virtual' ? Math.floor(Date.now() / 1000) * 1000 : undefined
  const stage: LosingStage = { rules: compile(RULES), rest, clock, instant }
  const played: PlayedExperiment[] = []
  try {
    const numbered = experiments.map((experiment, number) => ({ experiment, number }))
    const play = ({ experiment, number }: (typeof numbered)[number]) => {
      signal.throwIfAborted()
      return playExperiment(stage, clients[number % clients.length]!, experiment, `${prefix}-${number}`)
    }
    const results = inOrder(numbered, AT_ONCE, play)
    const aborted = abortOf(signal)
    // Whoever wants the end does not wait for clients that sleep.
    for (;;) {
      const next = await Promise.race([results.next(), aborted])
      if (next.done) return played
      played.push(next.value)
      progress(played.length)
    }
  } finally {
    await Promise.all(clients.map((each) => each.close()))
    await rest.close()
  }
}

function abortOf(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  aborted.catch(() => {})
  return aborted
}

async function startClients(
  start: () => Promise<ClientLibrary>,
  endpoint: Endpoint,
  atOnce: number,
): Promise<readonly LosingClient[]> {
  const first = await start()
  const { inFlight = atOnce } = first
  const more = Math.min(MOST_LIBRARIES, Math.ceil(atOnce / inFlight)) - 1
  const others = await Promise.all(Array.from({ length: more }, start))
  return [first, ...others].map((library) => losingClient(library, endpoint))
}
