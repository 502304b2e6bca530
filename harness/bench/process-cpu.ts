import { readFileSync } from 'node:fs'

/** What Linux counts in for programs, on every architecture. Source: proc(5), sysconf(3). */
const TICKS_PER_SECOND = 100

/** The processor time that another process has taken so far, all of its threads; undefined where there is no /proc. */
export function cpuSecondsOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name of the program stands in brackets and may hold anything; the fields after it are numbered from 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[14 - 3]) + Number(fields[15 - 3])) / TICKS_PER_SECOND
}
