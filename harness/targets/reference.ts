import { VERSION } from '../cli/version.ts'
import { type EmbeddedTarget, onePortEach, startEmbedded } from './embedded-target.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from './emulator-account.ts'
import { startReferenceProcess } from './reference-process.ts'

export interface ReferenceOptions {
  /** How many server processes; each has a world of its own. Default: one. */
  readonly processes?: number
  /** The port of the blob service of the one process; default: a free one. */
  readonly port?: number | undefined
  /** The port of the file service of the one process; default: a free one. */
  readonly filePort?: number | undefined
  /** Where to listen; default: loopback. */
  readonly host?: string
  /** Default: the account and key that every emulator has. */
  readonly account?: string | undefined
  /** Base64. */
  readonly key?: string | undefined
}

const LOOPBACK = '127.0.0.1'

/**
 * Starts the reference server as child processes: it serves blobs and files from memory, on virtual time, and answers what
 * concerns leases by the model.
 * @throws TargetError if it does not start; UsageError if a port is taken.
 */
export async function startReference(options: ReferenceOptions = {}): Promise<EmbeddedTarget> {
  const { processes = 1, port, filePort, host = LOOPBACK, account = EMULATOR_ACCOUNT, key = EMULATOR_KEY } = options
  onePortEach(processes, port, filePort)
  const urlOf = (at: number) => `http://${hostInUrl(host)}:${at}/${account}`
  return startEmbedded({
    name: 'reference',
    version: VERSION,
    processes,
    start: () => startReferenceProcess({ host, port: port ?? 0, filePort: filePort ?? 0, account, key }),
    endpointAt: (process) => ({
      url: urlOf(process.port),
      fileUrl: urlOf(process.filePort),
      account,
      credential: { by: 'key', key },
    }),
  })
}

/** Where to reach a server that listens at a host: an address of IPv6 stands in brackets, and all addresses are loopback too. */
export function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return LOOPBACK
  return host.includes(':') ? `[${host}]` : host
}
