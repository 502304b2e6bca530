import { type AzuriteRequest, findAzurite } from './azurite-package.ts'
import { startAzuriteProcess } from './azurite-process.ts'
import { type EmbeddedTarget, onePortEach, startEmbedded } from './embedded-target.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from './emulator-account.ts'

export { PINNED_AZURITE_VERSION } from './azurite-package.ts'
export { EMULATOR_ACCOUNT, EMULATOR_KEY } from './emulator-account.ts'

export interface AzuriteOptions extends AzuriteRequest {
  /** How many server processes; each has a world of its own. */
  readonly processes: number
  /** The port of the one process; default: a free one. */
  readonly port?: number | undefined
}

/**
 * Starts Azurite as child processes that serve blobs from memory, on virtual time.
 * @throws TargetError if Azurite cannot be found, fetched or started; UsageError if the port is taken.
 */
export async function startAzurite(options: AzuriteOptions): Promise<EmbeddedTarget> {
  const { processes, port } = options
  onePortEach(processes, port)
  const azurite = await findAzurite(options)
  return startEmbedded({
    name: 'azurite',
    version: azurite.version,
    processes,
    start: () => startAzuriteProcess(azurite, port),
    endpointAt: ({ port: at }) => ({
      url: `http://127.0.0.1:${at}/${EMULATOR_ACCOUNT}`,
      account: EMULATOR_ACCOUNT,
      credential: { by: 'key', key: EMULATOR_KEY },
    }),
  })
}
