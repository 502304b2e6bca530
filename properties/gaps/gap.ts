import type { ResourceKind } from '../../model/resource.ts'
import type { Evidence, Level } from '../../model/rules/evidence.ts'
import type { AnswerHeader } from '../../model/rules/rule.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { ServiceVersion } from '../../model/service-version.ts'

/** What a gap is about: what is answered, which of two checks answers, or what becomes of the resource. */
export const GAP_SUBJECTS = ['answer', 'precedence', 'aftermath'] as const
export type GapSubject = (typeof GAP_SUBJECTS)[number]

/** `check`: whether the check that the rule is about is made at all, or told before the checks behind it. */
export type DoubtfulField = 'check' | 'status' | 'code' | AnswerHeader | 'next' | 'clock'

/** One field of a rule that rests on no document, no test and no recording. */
export interface Doubt {
  readonly field: DoubtfulField
  readonly level: Level & ('inferred' | 'open')
  /** What it may plausibly hold, the likeliest first. */
  readonly values: readonly string[]
  /** What is known of it, and why that is not enough. */
  readonly evidence: readonly Evidence[]
}

/** Something that nobody knows about the service, and that one answer of the service would tell. */
export interface Gap {
  readonly rule: string
  readonly kind: ResourceKind
  readonly about: GapSubject
  readonly doubts: readonly Doubt[]
  readonly settledBy: Settling
}

/** The shortest scenario that settles a gap. */
export interface Settling {
  /** The version of the service that has to be asked. */
  readonly version: ServiceVersion
  readonly scenario: Scenario
  /** The place of the request that meets the rule; what follows it reads back what became of the resource. */
  readonly step: number
  readonly cell: string
  /** Whether the request is to be refused for its headers alone: to foreign servers such requests are not sent unasked. */
  readonly hostile: boolean
  /** Whether the request has to come at an exact instant, so that only a server on virtual time can be asked. */
  readonly virtualTimeOnly: boolean
  /** Whether the resource is as before, whatever is answered: then other requests can follow in the same scenario. */
  readonly changesNothing: boolean
}

/** Something that nobody knows, and that no request of ours can show. */
export interface Unanswerable {
  readonly rules: readonly string[]
  readonly question: string
  readonly reason: string
}

/** Whether a level says that nobody has told or seen it. */
export function isDoubtful(level: Level): level is Doubt['level'] {
  return level === 'inferred' || level === 'open'
}

/** A gap's name, the same in every run. */
export function gapId({ rule, about }: Pick<Gap, 'rule' | 'about'>): string {
  return about === 'answer' ? rule : `${rule} (${about})`
}
