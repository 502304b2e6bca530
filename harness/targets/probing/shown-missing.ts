import type { MissingOperations } from '../../../model/implementation.ts'
import { advance, begin, type StepVerdict } from '../../../model/judge.ts'
import type { Played } from '../../campaign/play-scenario.ts'

/**
 * A probe judged again, now that it is known which operations the target lacks: one answer alone did not tell. What went before
 * the operation is judged as it was.
 */
export function shownMissing(played: Played, missing: MissingOperations): Played {
  const { play } = played
  const { scenario, rules, trace } = play
  let judgement = begin(play.judgement.clock, scenario.world, missing)
  const verdicts: StepVerdict[] = []
  for (const step of trace) {
    const { next, verdict } = advance(rules, judgement, step)
    judgement = next
    verdicts.push(verdict)
  }
  return { ...played, play: { ...play, judgement, verdicts } }
}
