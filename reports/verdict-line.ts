import { count, number } from './counting.ts'
import type { Footer } from './results.ts'
import { failuresOf, goneOf, knownOf, type Run, warningsOf } from './run.ts'

/** How a run went, for colours and marks. */
export type Mood = 'good' | 'bad' | 'incomplete'

export function moodOf(run: Run): Mood {
  const { footer } = run
  if (failuresOf(run).length > 0 || footer?.exitStatus === 1) return 'bad'
  return footer?.complete && footer.exitStatus === 0 ? 'good' : 'incomplete'
}

/** The run in one line: `azurite 3.37.0: nothing new; 9 known divergences`. */
export function verdictLine(run: Run): string {
  const { target, shard } = run.header
  const part = shard === undefined ? '' : `, shard ${shard.number} of ${shard.of}`
  return `${target.name} ${target.version}${part}: ${[...caveats(run), ...counts(run)].join('; ')}`
}

/** What the results of a shard cannot tell, or of what joined results were made; nothing of a whole run. */
export function shardRemark({ header: { shard, shards } }: Run): string | undefined {
  if (shards !== undefined) return `Joined from the results of ${count(shards, 'shard')}.`
  if (shard === undefined) return undefined
  return `Shard ${shard.number} of ${shard.of} is a part of a run: what was not reached, and what is gone, leasecheck merge tells from the results of all ${shard.of}.`
}

/** Why the command ends with its status. */
export function exitReason(run: Run): string {
  const { footer } = run
  if (footer === undefined) return 'unknown: the results end without a footer'
  const reason = exitMeaning(run, footer)
  return `${footer.exitStatus}: ${reason}${footer.reason === undefined ? '' : ` (${footer.reason})`}`
}

/** Gone entries fail a run only if it was asked for, and then nothing else need be wrong. */
export function failsOnGone(run: Run): boolean {
  return run.footer?.exitStatus === 1 && failuresOf(run).length === 0 && goneOf(run).length > 0
}

/** Why a run is no proof of anything, if it is none. */
export function incompleteReason({ footer }: Run): string | undefined {
  if (footer === undefined) return 'the results end without a footer, so the run was cut off'
  if (!footer.complete) return footer.reason ?? 'the run did not come to its end'
  return footer.exitStatus > 1
    ? (footer.reason ?? MEANINGS[footer.exitStatus] ?? 'it ended with an unknown status')
    : undefined
}

const MEANINGS: Readonly<Record<number, string>> = {
  2: 'wrong usage or unusable configuration',
  3: 'the target or the driver could not be reached or died, or the run proved nothing',
  4: 'leasecheck itself failed',
  130: 'interrupted',
}

function exitMeaning(run: Run, { exitStatus }: Footer): string {
  switch (exitStatus) {
    case 0:
      return warningsOf(run).length === 0 ? 'nothing new' : 'nothing new that fails a run'
    case 1:
      return failsOnGone(run)
        ? 'entries of the baseline are gone'
        : `${count(failuresOf(run).length, 'new divergence')}`
    default:
      return MEANINGS[exitStatus] ?? 'a status that this version does not know'
  }
}

function caveats(run: Run): string[] {
  const incomplete = incompleteReason(run)
  const said = incomplete === undefined ? [] : [`${run.footer?.complete ? 'NO RESULT' : 'INCOMPLETE'} (${incomplete})`]
  if (run.footer === undefined) return said
  const { settled, documented, inferred, open } = run.footer.judged
  const judged = settled + documented + inferred + open
  if (judged === 0) return [...said, nothingJudged(run)]
  return open * 2 > judged ? [...said, 'MORE THAN HALF OF WHAT WAS SEEN IS OPEN (nobody knows what is right)'] : said
}

/** Of few scenarios dealt to many shards, some get none. */
function nothingJudged({ header: { shard, plan } }: Run): string {
  return shard !== undefined && plan.scenarios === 0 ? 'no scenario of the tour for this shard' : 'NOTHING WAS JUDGED'
}

function counts(run: Run): string[] {
  const failures = failuresOf(run).length
  const warnings = warningsOf(run).length
  const known = knownOf(run).length
  const gone = goneOf(run).length
  const soFar = incompleteReason(run) === undefined ? '' : ' so far'
  return [
    failures === 0 ? `nothing new${warnings === 0 ? '' : ' that fails'}${soFar}` : count(failures, 'NEW divergence'),
    ...(warnings === 0 ? [] : [count(warnings, 'warning')]),
    ...(known === 0 ? [] : [count(known, 'known divergence')]),
    ...(gone === 0 ? [] : [`${number(gone)} gone`]),
    ...partly(run),
  ]
}

/** Of a target that does not know every operation: how much could be checked. */
function partly({ footer }: Run): string[] {
  if (footer?.notImplemented === undefined) return []
  const { cells, notImplemented } = footer
  const checked = `${number(cells.reached)} of ${count(cells.reachable, 'cell')} checked`
  return [`${checked}, ${count(notImplemented.length, 'operation')} not implemented`]
}
