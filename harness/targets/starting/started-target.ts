import { join } from 'node:path'
import { TargetError, UsageError } from '../../errors.ts'
import type { Target } from '../target.ts'
import { isReady, type Readiness, untilReady } from './readiness.ts'
import { type ServerCommand, startCommand } from './server-command.ts'

const LOG_FILE = join('leasecheck-results', 'server.log')

/** How a server is started that somebody else wrote. */
export interface StartOptions {
  /** A command of the shell that stays in the foreground. */
  readonly command: string
  /** What to ask whether it is ready; default: the target, which then answers anything at all. */
  readonly readyUrl?: string | undefined
  readonly readyTimeoutMs: number
  /** Where its output goes; default: among the results, where they usually are. */
  readonly logFile?: string | undefined
  /** Ends the start. */
  readonly signal: AbortSignal
}

/**
 * A server by its URL that we start, replace and end ourselves. It may keep its data, so what was created is removed all
 * the same.
 * @param targetUrl where it will be
 * @param open opens it once it is there
 * @throws UsageError if something answers there already; TargetError if it ends, or is not ready in time; what `open` throws
 */
export async function startedTarget(
  targetUrl: string,
  options: StartOptions,
  open: () => Promise<Target>,
): Promise<Target> {
  const readiness = readinessOf(targetUrl, options)
  await refuseOccupied({ url: targetUrl, answers: 'anything' })
  let running = await startReady(readiness, options, true)
  let closed = false
  const { promise: firstDeath, resolve: died } = Promise.withResolvers<string>()
  void running.death.then(died)
  try {
    const target = await Promise.race([open(), dyingBefore(running)])
    return {
      ...target,
      onDeath: (listener) => void firstDeath.then(listener),
      restart: async () => {
        await running.close()
        if (closed) return []
        running = await startReady(readiness, options, false)
        void running.death.then(died)
        return target.endpoints
      },
      close: async () => {
        closed = true
        await target.close()
        await running.close()
      },
    }
  } catch (error) {
    await running.close()
    throw error
  }
}

function readinessOf(targetUrl: string, { readyUrl }: StartOptions): Readiness {
  if (readyUrl === undefined) return { url: targetUrl, answers: 'anything' }
  if (URL.canParse(readyUrl) && /^https?:/.test(readyUrl)) return { url: readyUrl, answers: 'healthy' }
  throw new UsageError(`--ready ${readyUrl} is no URL; expected something like http://127.0.0.1:8080/health`)
}

/** Whoever is there already would be checked in the stead of the server that is started. */
async function refuseOccupied(readiness: Readiness): Promise<void> {
  if (!(await isReady(readiness))) return
  throw new UsageError(
    `something answers at ${new URL(readiness.url).host} already, before --start has started anything: end it, or leave --start out`,
  )
}

async function startReady(readiness: Readiness, options: StartOptions, isFirst: boolean): Promise<ServerCommand> {
  const running = await startCommand(options.command, options.logFile ?? LOG_FILE, isFirst)
  const waiting = new AbortController()
  const signal = AbortSignal.any([waiting.signal, options.signal])
  try {
    const isThere = await Promise.race([untilReady(readiness, options.readyTimeoutMs, signal), dyingBefore(running)])
    if (isThere) return running
    throw new TargetError(
      `the server that --start started is not ready after ${options.readyTimeoutMs / 1000} s: ${readiness.url} ${NOT_READY[readiness.answers]}; --ready names another page, --ready-timeout gives it longer${running.lastWords()}`,
    )
  } catch (error) {
    await running.close()
    options.signal.throwIfAborted()
    throw error
  } finally {
    waiting.abort()
  }
}

const NOT_READY = { healthy: 'does not answer with success', anything: 'does not answer HTTP' } as const

/** Rejects when it ends; nobody need listen any more then. */
function dyingBefore({ death }: ServerCommand): Promise<never> {
  const dying = death.then((reason): never => {
    throw new TargetError(`${reason}\nit was to stay in the foreground, and to serve until it is ended`)
  })
  dying.catch(() => {})
  return dying
}
