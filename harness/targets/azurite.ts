import { UsageError } from '../errors.ts'
import { type AzuriteRequest, findAzurite } from './azurite-package.ts'
import { type AzuriteProcess, startAzuriteProcess } from './azurite-process.ts'
import type { Endpoint, Target } from './target.ts'

export { PINNED_AZURITE_VERSION } from './azurite-package.ts'

/** The account that every Azurite has, and its key, which is no secret. Source: Azurite's documentation. */
export const EMULATOR_ACCOUNT = 'devstoreaccount1'
export const EMULATOR_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

export interface AzuriteOptions extends AzuriteRequest {
  /** How many server processes; each has a world of its own. */
  readonly processes: number
  /** The port of the one process; default: a free one. */
  readonly port?: number | undefined
}

export interface AzuriteTarget extends Target {
  readonly pids: readonly number[]
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
  const processes = await startAll(options.processes, () => startAzuriteProcess(azurite, options.port))
  const firstDeath = Promise.race(processes.map((each) => each.death))
  return {
    name: 'azurite',
    version: azurite.version,
    clock: 'virtual',
    embedded: true,
    pids: processes.map((each) => each.pid),
    endpoints: processes.map((each) => endpointAt(each.port)),
    onDeath: (listener) => void firstDeath.then(listener),
    close: async () => void (await Promise.all(processes.map((each) => each.close()))),
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
