import { LOGGING_RULE } from '../../../model/client/logging-rule.ts'
import type { RetryDivergence } from '../../../model/client/retries/judge-retries.ts'
import { tokenOf } from '../../../model/notation.ts'
import type { BaselineEntry } from '../../../reports/baseline.ts'
import type { LoggingReport, RetryDivergenceEntry } from '../../../reports/retries.ts'
import { experimentText } from './experiment.ts'
import type { PlayedExperiment } from './play-experiment.ts'

interface Seen extends RetryDivergence {
  readonly played: PlayedExperiment
}

/** What clients and servers did otherwise than they have to, each once with how often it was seen, and what is known of it. */
export function retryDivergences(
  played: readonly PlayedExperiment[],
  known: readonly BaselineEntry[],
): RetryDivergenceEntry[] {
  const seen = played.flatMap((each): Seen[] =>
    [...each.divergences, ...each.server].map((divergence) => ({ ...divergence, played: each })),
  )
  return [...Map.groupBy(seen, ({ rule, field, observed }) => [rule, field, observed].join('\0')).values()].map(
    (each) => {
      const { rule, field, expected, observed, level, evidence, played: first } = each[0]!
      const entry = known.find((one) => one.rule === rule && one.field === field && one.observed === observed)
      return {
        rule,
        field,
        expected,
        observed,
        level,
        evidence: evidence.map((one) => ({ ...one })),
        ...(entry === undefined ? {} : { known: entry.sentence }),
        seen: each.length,
        example: experimentText(first.experiment),
        scenario: tokenOf(first.experiment.scenario),
      }
    },
  )
}

/** Secrets in a log are a divergence too. */
export function loggingDivergences(
  logging: LoggingReport | undefined,
  known: readonly BaselineEntry[],
): readonly RetryDivergenceEntry[] {
  if (logging === undefined || logging.secrets.length === 0) return []
  const { id: rule, field, expect } = LOGGING_RULE
  const observed = logging.secrets.join(', ')
  const entry = known.find((each) => each.rule === rule && each.observed === observed)
  const evidence = expect.evidence.map((each) => ({ ...each }))
  const expected = expect.values.join(' or ')
  const where = {
    seen: 1,
    example: 'lease calls with all logging on',
    scenario: 'lc1/blob/acquire,proposed=A,duration=60',
  }
  return [
    {
      ...{ rule, field, expected, observed, level: expect.level, evidence, ...where },
      ...(entry === undefined ? {} : { known: entry.sentence }),
    },
  ]
}
