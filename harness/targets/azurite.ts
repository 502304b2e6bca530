import { UsageError } from '../errors.ts'
import { type AzuriteRequest, findAzurite } from './azurite-package.ts'
import { type AzuriteProcess, startAzuriteProcess } from './azurite-process.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from './emulator-account.ts'
import type { Endpoint, Target } from './target.ts'

export { PINNED_AZURITE_VERSION } from './azurite-package.ts'
export { EMULATOR_ACCOUNT, EMULATOR_KEY } from './emulator-account.ts'

export interface AzuriteOptions extends AzuriteRequest {
  /** How many server processes; each has a world of its own. */
  readonly processes: number
  /** The port of the one process; default: a free one. */
  readonly port?: number | undefined
}

export interface AzuriteTarget extends Target {
  readonly pids: readonly number[]
  readonly restart: () => Promise<readonly Endpoint[]>
}

/**
 * Starts Azurite as child processes that serve blobs from memory, on virtual time.
 * @throws TargetError if Azurite cannot be found, fetched or started; UsageError if the port is taken.
 */
export async function startAzurite(options: AzuriteOptions): Promise<AzuriteTarget> {
  if (options.port !== undefined && options.processes !== 1) {
    throw new UsageError(`one port is enough for one process, not for ${options.processes}; leave --port out`)
  }
  const azurite = await findAzurite(options)
  const start = () => startAll(options.processes, () => startAzuriteProcess(azurite, options.port))
  let processes = await start()
  let closed = false
  const { promise: firstDeath, resolve: died } = Promise.withResolvers<string>()
  const watch = () => {
    for (const { death } of processes) void death.then(died)
  }
  const close = async () => void (await Promise.all(processes.map((each) => each.close())))
  watch()
  return {
    name: 'azurite',
    version: azurite.version,
    clock: 'virtual',
    embedded: true,
    get pids() {
      return processes.map((each) => each.pid)
    },
    get endpoints() {
      return processes.map((each) => endpointAt(each.port))
    },
    onDeath: (listener) => void firstDeath.then(listener),
    restart: async () => {
      await close()
      if (closed) return []
      processes = await start()
      watch()
      return processes.map((each) => endpointAt(each.port))
    },
    close: async () => {
      closed = true
      await close()
    },
  }
}

/** Starts them at once; if one fails, none is left. */
async function startAll(count: number, start: () => Promise<AzuriteProcess>): Promise<AzuriteProcess[]> {
  const outcomes = await Promise.allSettled(Array.from({ length: count }, start))
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed === undefined) return started
  await Promise.all(started.map((each) => each.close()))
  throw failed.reason
}

function endpointAt(port: number): Endpoint {
  return { url: `http://127.0.0.1:${port}/${EMULATOR_ACCOUNT}`, account: EMULATOR_ACCOUNT, key: EMULATOR_KEY }
}
