import { EXIT, Interrupted } from './exit.ts'
import { remark } from './terminal.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Does something that a signal stops in an orderly manner; a second signal ends the process at once. */
export async function untilSignal<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const interrupt = () => {
    if (!stop.signal.aborted) return stop.abort(new Interrupted())
    remark(new Interrupted().message)
    process.exit(EXIT.interrupted)
  }
  for (const signal of SIGNALS) process.on(signal, interrupt)
  try {
    return await work(stop.signal)
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt)
  }
}
