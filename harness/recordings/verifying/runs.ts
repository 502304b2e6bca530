import type { RecordedExchange } from '../importing/recorded-exchange.ts'
import { instantOf } from './windows.ts'

/** Dates may go back by less than this within a run: servers behind one address do not agree to the second. */
const BACK_MS = 10_000
/** Nobody waits longer inside one recording: leases last a minute, and a name that was deleted is free again soon after. */
const PAUSE_MS = 3_600_000

/**
 * Cuts a recording where another run begins: a recorder may append to a file that it finds, and resources go by the same names in
 * every run. A run begins where time jumps, or where a container or share is asked for that was asked for before and not deleted
 * since: what cleaned up in between was not recorded.
 */
export function runsIn<E extends RecordedExchange>(exchanges: readonly E[]): readonly (readonly E[])[] {
  const runs: E[][] = []
  let run: E[] = []
  let asked = new Set<string>()
  let lastMs: number | undefined
  for (const exchange of exchanges) {
    const nowMs = instantOf(exchange)
    const jumps = nowMs !== undefined && lastMs !== undefined && (nowMs < lastMs - BACK_MS || nowMs > lastMs + PAUSE_MS)
    const top = topAsked(exchange)
    if (run.length > 0 && (jumps || (top !== undefined && asked.has(top)))) {
      runs.push(run)
      run = []
      asked = new Set()
    }
    if (top !== undefined) asked.add(top)
    const gone = topDeleted(exchange)
    if (gone !== undefined) asked.delete(gone)
    lastMs = nowMs ?? lastMs
    run.push(exchange)
  }
  return run.length === 0 ? runs : [...runs, run]
}

const TOP = /[?&]restype=(?:container|share)(?:&|$)/

/** The container or share that a request asks to create. */
function topAsked({ method, url }: RecordedExchange): string | undefined {
  return method === 'PUT' && TOP.test(url) && !/[?&]comp=/.test(url) ? pathIn(url) : undefined
}

function topDeleted({ method, url, status }: RecordedExchange): string | undefined {
  return method === 'DELETE' && status === 202 && TOP.test(url) ? pathIn(url) : undefined
}

function pathIn(url: string): string {
  return url.slice(0, url.indexOf('?'))
}
