import { tokenOf } from '../../model/notation.ts'
import { isWait } from '../../model/scenario.ts'
import type { BaselineEntry } from '../../reports/baseline.ts'
import type { Bucket, Signature } from '../../reports/results.ts'
import type { Shown } from './buckets.ts'
import { cutBehind, divergenceIn } from './shrinking/shrink.ts'
import { storyOf } from './story.ts'

export interface BucketContext {
  readonly state: Bucket['state']
  /** What the baseline says of the signature, even where it is past its date. */
  readonly entry: BaselineEntry | undefined
  readonly count: number
  /** Divergences from inferred claims fail too. */
  readonly strict: boolean
}

/**
 * A bucket as the results tell it, shown by a play up to its divergence. Where two plays were compared, the scenario is the
 * one that the twin follows from, and the story that of the play that is out of order.
 * @throws Error if the play does not show it.
 */
export function bucketEvent(
  signature: Signature,
  { play, twins }: Shown,
  { state, entry, count, strict }: BucketContext,
): Bucket {
  const divergence = divergenceIn(play, signature)
  if (divergence === undefined) throw new Error(`the play does not show ${JSON.stringify(signature)}`)
  const { rule, field, observed, expected, level, evidence } = divergence
  const shown = cutBehind(play, signature)
  const scenario = twins?.scenario ?? shown.scenario
  const { steps } = scenario
  return {
    event: 'bucket',
    rule,
    field,
    observed,
    state,
    expected,
    level,
    fails: state === 'new' && (level === 'settled' || level === 'documented' || (strict && level === 'inferred')),
    count,
    scenario: tokenOf(scenario),
    ...(twins === undefined ? {} : { twin: tokenOf(twins.twin) }),
    operations: steps.filter((step) => !isWait(step)).length,
    waits: steps.filter(isWait).length,
    story: storyOf(shown),
    evidence: evidence.map((each) => ({ ...each })),
    ...(entry === undefined ? {} : { sentence: entry.sentence }),
    ...(entry?.issue === undefined ? {} : { issue: entry.issue }),
  }
}
