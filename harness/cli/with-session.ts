import { randomInt } from 'node:crypto'
import type { ChosenDriver } from '../drivers/choose-driver.ts'
import { openTarget, type TargetOptions } from '../targets/open-target.ts'
import { EXIT, Interrupted } from './exit.ts'
import { Session } from './session.ts'
import { remark } from './terminal.ts'

/** A run that is asked to end has containers to remove, whoever asks. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** How many containers that could not be removed are named. */
const NAMED = 5

export interface SessionOptions extends TargetOptions {
  /** Who sends the requests; default: plain HTTP. */
  readonly driver?: Pick<ChosenDriver, 'open' | 'expresses'>
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
  let isOpen = false
  const interrupt = () => {
    if (isOpen && !stop.signal.aborted) return stop.abort(new Interrupted())
    if (!isOpen) remark(new Interrupted().message)
    process.exit(EXIT.interrupted)
  }
  for (const signal of SIGNALS) process.on(signal, interrupt)
  try {
    const target = await openTarget(targetName, options)
    const prefix = `leasecheck-${randomInt(36 ** 5).toString(36)}`
    const session = new Session(target, options.apiVersion, prefix, stop, options.driver)
    isOpen = true
    try {
      return await use(session)
    } finally {
      await session.close()
      if (session.leftBehind.size > 0) remark(whatIsLeft(session.leftBehind))
    }
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt)
  }
}

function whatIsLeft(containers: ReadonlyMap<string, string>): string {
  const named = [...containers].slice(0, NAMED).map(([name, hindrance]) => `${name} (${hindrance})`)
  const more = containers.size > NAMED ? ` and ${containers.size - NAMED} more` : ''
  return `these containers could not be removed, so remove them yourself: ${named.join(', ')}${more}`
}
