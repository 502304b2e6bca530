import { count, number } from '../counting.ts'
import type { Verified } from './verified.ts'

/** How it went, for colours. */
export type Mood = 'good' | 'bad' | 'incomplete'

export function moodOf({ failures, footer }: Verified): Mood {
  if (failures.length > 0 || footer?.exitStatus === 1) return 'bad'
  return footer?.exitStatus === 0 ? 'good' : 'incomplete'
}

/** The verdict in one line: `3,514 exchanges in 435 recordings: nothing new; 2 warnings`. */
export function verdictLine(verified: Verified): string {
  const { footer } = verified
  const what =
    footer === undefined
      ? 'recordings'
      : `${count(footer.all.exchanges, 'exchange')} in ${count(footer.recordings, 'recording')}`
  return `${what}: ${[...caveats(verified), ...counts(verified)].join('; ')}`
}

/** Why the command ends with its status. */
export function exitReason(verified: Verified): string {
  const { footer, failures, warnings } = verified
  if (footer === undefined) return 'unknown: the events end without a footer'
  const { exitStatus, reason } = footer
  const why = reason === undefined ? '' : ` (${reason})`
  switch (exitStatus) {
    case 0:
      return `0: nothing new${warnings.length === 0 ? '' : ' that fails'}`
    case 1:
      return failures.length > 0
        ? `1: ${count(failures.length, 'new divergence')}${why}`
        : `1: ${reason ?? 'entries of the baseline are gone'}`
    default:
      return `${exitStatus}: ${MEANINGS[exitStatus] ?? 'a status that this version does not know'}${why}`
  }
}

const MEANINGS: Readonly<Record<number, string>> = {
  2: 'something could not be read, or is no recording',
  3: 'nothing could be judged, so nothing was proved',
  4: 'leasecheck itself failed',
  130: 'interrupted',
}

function caveats({ footer, unreadable }: Verified): string[] {
  if (footer === undefined) return ['INCOMPLETE (the events end without a footer)']
  const { complete, reason, judged } = footer
  const all = judged.settled + judged.documented + judged.inferred + judged.open
  return [
    ...(complete ? [] : [`INCOMPLETE (${reason ?? 'it did not come to its end'})`]),
    ...(all === 0 ? ['NOTHING WAS JUDGED'] : []),
    ...(judged.open * 2 > all ? ['MORE THAN HALF OF WHAT WAS SEEN IS OPEN (nobody knows what is right)'] : []),
    ...(unreadable.length === 0 ? [] : [`${count(unreadable.length, 'file')} NOT READ`]),
  ]
}

function counts({ failures, warnings, known, gone, footer }: Verified): string[] {
  const soFar = footer?.complete ? '' : ' so far'
  return [
    failures.length === 0
      ? `nothing new${warnings.length === 0 ? '' : ' that fails'}${soFar}`
      : count(failures.length, 'NEW divergence'),
    ...(warnings.length === 0 ? [] : [count(warnings.length, 'warning')]),
    ...(known.length === 0 ? [] : [count(known.length, 'known divergence')]),
    ...(gone.length === 0 ? [] : [`${number(gone.length)} gone`]),
  ]
}
