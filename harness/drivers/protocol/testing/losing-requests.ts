import type { ResourceKind } from '../../../../model/resource.ts'
import type { EmbeddedTarget } from '../../../targets/embedded-target.ts'
import { EXPERIMENTS } from '../../losing/experiments.ts'
import { experimentsFor, runExperiments } from '../../losing/run-experiments.ts'
import type { PlainClient } from './plain-client.ts'
import { plainLibrary } from './plain-library.ts'
import type { Toured } from './touring.ts'

let runs = 0

/** What a client is found to do wrong when requests and answers about a kind of resource get lost. */
export async function loseRequests(
  client: PlainClient,
  kind: ResourceKind,
  { endpoints }: EmbeddedTarget,
): Promise<Toured> {
  const library = plainLibrary(client)
  const experiments = experimentsFor(library, EXPERIMENTS).filter(({ family }) => family === kind)
  const played = await runExperiments(experiments, {
    endpoint: endpoints[0]!,
    clock: { kind: 'virtual', drift: 0 },
    prefix: `losing-${runs++}`,
    startLibrary: async () => library,
    signal: new AbortController().signal,
    progress: () => {},
  })
  const rules = (of: 'divergences' | 'server') => [
    ...new Set(played.flatMap((each) => each[of].map(({ rule }) => rule))),
  ]
  const requests = played.reduce((sum, { call }) => sum + call.tries.length, 0)
  return { client: rules('divergences'), server: rules('server'), requests }
}
