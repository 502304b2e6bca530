import { tokenOf } from '../../model/notation.ts'
import { isWait } from '../../model/scenario.ts'
import type { Play } from '../../properties/play.ts'
import type { BaselineEntry } from '../../reports/baseline.ts'
import type { Bucket, Signature } from '../../reports/results.ts'
import { cutBehind, divergenceIn } from './shrink.ts'
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
 * A bucket as the results tell it, shown by a play up to its divergence.
 * @throws Error if the play does not show it.
 */
export function bucketEvent(signature: Signature, play: Play, { state, entry, count, strict }: BucketContext): Bucket {
  const divergence = divergenceIn(play, signature)
  if (divergence === undefined) throw new Error(`the play does not show ${JSON.stringify(signature)}`)
  const { rule, field, observed, expected, level, evidence } = divergence
  const shown = cutBehind(play, signature)
  const { steps } = shown.scenario
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
    scenario: tokenOf(shown.scenario),
    operations: steps.filter((step) => !isWait(step)).length,
    waits: steps.filter(isWait).length,
    story: storyOf(shown),
    evidence: evidence.map((each) => ({ ...each })),
    ...(entry === undefined ? {} : { sentence: entry.sentence }),
    ...(entry?.issue === undefined ? {} : { issue: entry.issue }),
  }
}
