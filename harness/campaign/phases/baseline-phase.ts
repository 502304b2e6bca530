import { readToken } from '../../../model/notation.ts'
import type { Scenario } from '../../../model/scenario.ts'
import type { Play } from '../../../properties/play.ts'
import type { BaselineEntry } from '../../../reports/baseline.ts'
import { keyOf, signatureOf } from '../buckets.ts'
import { propertyIn, shownBy } from '../contrast.ts'
import { inOrder } from '../in-order.ts'
import type { Ledger } from '../ledger.ts'
import { divergenceIn } from '../shrinking/shrink.ts'
import { compared, twinPlan } from '../twins.ts'
import type { Phase } from './phase.ts'

/** An entry of the baseline and the scenario that shows it. */
export interface Check {
  readonly entry: BaselineEntry
  readonly scenario: Scenario
}

/**
 * The entries that can be checked; the others are settled.
 * @param entries those of the baseline, or of a shard its part
 * @param excluded why an entry does not belong to what was selected; undefined if it does.
 */
export function checksOf(
  entries: readonly BaselineEntry[],
  excluded: (entry: BaselineEntry, scenario: Scenario) => string | undefined,
  ledger: Ledger,
): readonly Check[] {
  return entries.flatMap((entry) => {
    const read = readToken(entry.scenario)
    const reason = 'error' in read ? read.error : excluded(entry, read.scenario)
    if (reason === undefined && 'scenario' in read) return [{ entry, scenario: read.scenario }]
    ledger.settle(entry, 'not checked', reason!)
    return []
  })
}

/**
 * Plays the scenarios of baseline entries: what still shows its divergence is known, the others are gone, unless another
 * shard sees the divergence elsewhere.
 * @param altered why a scenario is not played as it stands; then it does not tell that its entry is gone
 */
export async function checkBaseline(
  { plan, intake, play, inFlight }: Phase,
  checks: readonly Check[],
  altered: (entry: BaselineEntry, scenario: Scenario) => string | undefined = () => undefined,
): Promise<void> {
  const otherwise = plan.share === undefined ? 'gone' : 'agreed here'
  const played = inOrder(checks, inFlight, async ({ entry, scenario }) => {
    const name = propertyIn(entry.rule)
    const original = await play(scenario)
    const twin = name && twinPlan(name, original)
    return { entry, original, reason: altered(entry, scenario), twinned: twin && (await compared(twin, play)) }
  })
  for await (const { entry, original, reason, twinned } of played) {
    intake.take(original, 'baseline')
    if (twinned !== undefined) intake.takeTwin(twinned, 'baseline')
    const shown = twinned?.contrast === undefined ? { play: original.play } : shownBy(twinned.contrast)
    if (divergenceIn(shown.play, entry) !== undefined) intake.ledger.fill(entry, shown)
    else if (reason !== undefined) intake.ledger.settle(entry, 'not checked', reason)
    else intake.ledger.settle(entry, otherwise, goneBecause(shown.play))
  }
}

function goneBecause({ verdicts }: Play): string {
  const other = verdicts.flatMap(({ divergences }) => divergences)[0]
  return other === undefined
    ? 'its scenario agrees now'
    : `its scenario diverges otherwise now: ${keyOf(signatureOf(other))}`
}
