import { count } from '../../reports/counting.ts'
import type { ChosenDriver } from '../drivers/choose-driver.ts'
import { newRunName } from '../leftovers/run-name.ts'
import { openTarget, type TargetOptions } from '../targets/open-target.ts'
import type { Target } from '../targets/target.ts'
import { EXIT, Interrupted } from './exit.ts'
import { Session } from './session.ts'
import { remark } from './terminal.ts'

/** A run that is asked to end has containers to remove, whoever asks. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** How many containers that could not be removed are named. */
const NAMED = 5

export interface SessionOptions extends TargetOptions {
  /** Who sends the requests; default: plain HTTP. */
  readonly driver?: Pick<ChosenDriver, 'open' | 'expresses' | 'hurry' | 'close'>
  /** How much a server that is not ours is asked; default: sensible. */
  readonly maxRequestsPerSecond?: number | undefined
}

/**
 * Opens a target, uses it, and closes it in every case. A signal stops the use in an orderly manner; a second one, or one
 * that comes before there is anything to clean up, ends the process at once, and child processes with it.
 * @throws what opening and using throw.
 */
export async function withSession<T>(
  targetName: string,
  options: SessionOptions,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const stop = new AbortController()
  let leavesSomething = false
  let open: Session | undefined
  const onCreating = () => {
    leavesSomething = true
  }
  const interrupt = () => {
    if (leavesSomething && !stop.signal.aborted) return stop.abort(new Interrupted())
    remark(new Interrupted().message)
    if (open !== undefined) for (const line of whatStands(open)) remark(line)
    process.exit(EXIT.interrupted)
  }
  for (const signal of SIGNALS) process.on(signal, interrupt)
  stop.signal.addEventListener('abort', () => options.driver?.hurry())
  try {
    const target = await openTarget(targetName, { ...options, signal: stop.signal, onCreating })
    const { apiVersion, driver, maxRequestsPerSecond } = options
    const session = new Session(target, apiVersion, newRunName(), stop, driver, maxRequestsPerSecond)
    open = session
    onCreating()
    try {
      return await use(session)
    } finally {
      await session.close()
      open = undefined
      if (session.leftBehind.size > 0) remark(whatIsLeft(session))
    }
  } finally {
    await options.driver?.close()
    for (const signal of SIGNALS) process.off(signal, interrupt)
  }
}

function whatIsLeft({ leftBehind, target }: Session): string {
  const all = [...leftBehind].map(([name, hindrance]) => `${name} (${hindrance})`)
  return `${count(all.length, 'container or share', 'containers or shares')} could not be removed: ${someOf(all)}; try ${cleanCommand(target)}`
}

/** What a run that stops without cleaning up leaves on a server that is not ours. */
function whatStands({ foreign, target }: Session): readonly string[] {
  const all = [...(foreign?.standing ?? [])]
  if (all.length === 0) return []
  return [
    `stopped without cleaning up; at most ${count(all.length, 'container or share', 'containers or shares')} of this run may be left: ${someOf(all)}`,
    `they are removed by: ${cleanCommand(target)}`,
  ]
}

function someOf(all: readonly string[]): string {
  return all.slice(0, NAMED).join(', ') + (all.length > NAMED ? ` and ${all.length - NAMED} more` : '')
}

/** The age is left to whoever runs it: by default a run of this hour is left alone. */
function cleanCommand({ endpoints }: Target): string {
  return `leasecheck clean ${endpoints[0]!.url} --older-than 0s`
}
