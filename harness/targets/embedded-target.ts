import { UsageError } from '../errors.ts'
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
  let running = await startAll(processes, start)
  let closed = false
  const { promise: firstDeath, resolve: died } = Promise.withResolvers<string>()
  const watch = () => {
    for (const { death } of running) void death.then(died)
  }
  const close = async () => void (await Promise.all(running.map((each) => each.close())))
  watch()
  return {
    name,
    version,
    clock: 'virtual',
    embedded: true,
    get pids() {
      return running.map((each) => each.pid)
    },
    get endpoints() {
      return running.map(endpointAt)
    },
    onDeath: (listener) => void firstDeath.then(listener),
    restart: async () => {
      await close()
      if (closed) return []
      running = await startAll(processes, start)
      watch()
      return running.map(endpointAt)
    },
    close: async () => {
      closed = true
      await close()
    },
  }
}

/** @throws UsageError where a port was chosen for more than one process. */
export function onePortEach(processes: number, ...ports: readonly (number | undefined)[]): void {
  if (processes !== 1 && ports.some((port) => port !== undefined))
    throw new UsageError(`one port is enough for one process, not for ${processes}; leave --port out`)
}

/** Starts them at once; if one fails, none is left. */
async function startAll<P extends ServerProcess>(count: number, start: () => Promise<P>): Promise<readonly P[]> {
  const outcomes = await Promise.allSettled(Array.from({ length: count }, start))
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed === undefined) return started
  await Promise.all(started.map((each) => each.close()))
  throw failed.reason
}
