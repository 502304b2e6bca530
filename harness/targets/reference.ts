import { VERSION } from '../cli/version.ts'
import { UsageError } from '../errors.ts'
import type { StartMessage } from '../reference/main.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from './emulator-account.ts'
import { type ReferenceProcess, startReferenceProcess } from './reference-process.ts'
import type { Endpoint, Target } from './target.ts'

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

export interface ReferenceTarget extends Target {
  readonly pids: readonly number[]
  readonly restart: () => Promise<readonly Endpoint[]>
}

const LOOPBACK = '127.0.0.1'

/**
 * Starts the reference server as child processes: it serves blobs and files from memory, on virtual time, and answers what
 * concerns leases by the model.
 * @throws TargetError if it does not start; UsageError if a port is taken.
 */
export async function startReference(options: ReferenceOptions = {}): Promise<ReferenceTarget> {
  const { processes = 1, port, filePort, host = LOOPBACK, account = EMULATOR_ACCOUNT, key = EMULATOR_KEY } = options
  if ((port !== undefined || filePort !== undefined) && processes !== 1) {
    throw new UsageError(`one port is enough for one process, not for ${processes}; leave --port out`)
  }
  const message = { host, port: port ?? 0, filePort: filePort ?? 0, account, key }
  const start = () => startAll(processes, message)
  let running = await start()
  let closed = false
  const { promise: firstDeath, resolve: died } = Promise.withResolvers<string>()
  const watch = () => {
    for (const { death } of running) void death.then(died)
  }
  const endpoints = () =>
    running.map((each): Endpoint => {
      const urlOf = (at: number) => `http://${hostInUrl(host)}:${at}/${account}`
      return { url: urlOf(each.port), fileUrl: urlOf(each.filePort), account, key }
    })
  const close = async () => void (await Promise.all(running.map((each) => each.close())))
  watch()
  return {
    name: 'reference',
    version: VERSION,
    clock: 'virtual',
    embedded: true,
    get pids() {
      return running.map((each) => each.pid)
    },
    get endpoints() {
      return endpoints()
    },
    onDeath: (listener) => void firstDeath.then(listener),
    restart: async () => {
      await close()
      if (closed) return []
      running = await start()
      watch()
      return endpoints()
    },
    close: async () => {
      closed = true
      await close()
    },
  }
}

/** Starts them at once; if one fails, none is left. */
async function startAll(count: number, message: StartMessage): Promise<readonly ReferenceProcess[]> {
  const outcomes = await Promise.allSettled(Array.from({ length: count }, () => startReferenceProcess(message)))
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed === undefined) return started
  await Promise.all(started.map((each) => each.close()))
  throw failed.reason
}

/** Where to reach a server that listens at a host: an address of IPv6 stands in brackets, and all addresses are loopback too. */
export function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return LOOPBACK
  return host.includes(':') ? `[${host}]` : host
}
