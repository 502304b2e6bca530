import { UsageError } from '../errors.ts'
import { startReplaceable } from './replaceable-servers.ts'
import type { ServerProcess } from './server-process.ts'
import type { Endpoint, Target } from './target.ts'

/** Servers that we started ourselves, as child processes on virtual time; they can be replaced. */
export interface EmbeddedTarget extends Target {
  readonly pids: readonly number[]
  readonly restart: () => Promise<readonly Endpoint[]>
}

/** What is started, how often, and how one of them is reached. */
export interface Embedded<P extends ServerProcess> extends Pick<Target, 'name' | 'version'> {
  readonly processes: number
  readonly start: () => Promise<P>
  readonly endpointAt: (process: P) => Endpoint
}

/** @throws what `start` throws; then none of them is left. */
export async function startEmbedded<P extends ServerProcess>(embedded: Embedded<P>): Promise<EmbeddedTarget> {
  const { name, version, processes, start, endpointAt } = embedded
  const servers = await startReplaceable(processes, start)
  return {
    name,
    version,
    clock: 'virtual',
    embedded: true,
    get pids() {
      return servers.running().map((each) => each.pid)
    },
    get endpoints() {
      return servers.running().map(endpointAt)
    },
    onDeath: servers.onDeath,
    restart: async () => (await servers.restart()).map(endpointAt),
    close: servers.close,
  }
}

/** @throws UsageError where a port was chosen for more than one process. */
export function onePortEach(processes: number, ...ports: readonly (number | undefined)[]): void {
  if (processes !== 1 && ports.some((port) => port !== undefined))
    throw new UsageError(`one port is enough for one process, not for ${processes}; leave --port out`)
}
