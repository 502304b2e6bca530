import type { Scope } from './scope.ts'

const isHeld = (cell: string) => cell.includes('| leased')

/** Whether anything was judged, and a lease was seen to be held if that was looked for. */
export function provesSomething(
  { machines, wanted }: Pick<Scope, 'machines' | 'wanted'>,
  met: ReadonlySet<string>,
): boolean {
  const looksForLeases = machines.some(({ visits }) =>
    [...visits.values()].some((visit) => isHeld(visit.cell) && wanted(visit)),
  )
  return met.size > 0 && (!looksForLeases || [...met].some(isHeld))
}

/** What to say if it does not. */
export const PROVED_NOTHING =
  'the run proved nothing: no answer could be judged, or the target never held a lease, so no state but available was reached'
