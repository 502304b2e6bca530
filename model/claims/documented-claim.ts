import type { ClientExpectation, ClientField, Moment } from '../client/client-rule.ts'
import type { OperationClass } from '../operation.ts'
import type { ResourceKind } from '../resource.ts'
import type { Level } from '../rules/evidence.ts'
import type { AnswerHeader } from '../rules/rule.ts'
import type { SourceKey } from '../rules/sources.ts'
import type { ServiceVersion } from '../service-version.ts'

/**
 * Something that a page, a reference text or a guide says about leases, in our own words, with what the model has to be asked
 * to find out whether it is so. The verdict is computed; the one that stands here is what the author of the claim found, and
 * a test compares the two, so that whoever changes a rule learns which claims it touches.
 */
export interface DocumentedClaim {
  readonly id: string
  /** One sentence, ours. */
  readonly title: string
  readonly says: readonly Saying[]
  readonly checks: readonly Check[]
  /** For every kind that it is about, or for each of them. */
  readonly verdict: Verdict | Readonly<Partial<Record<ResourceKind, Verdict>>>
  /** What really happens, in a sentence or two. */
  readonly really: string
}

/** Who claims it, and where on the page if that is hard to find. */
export interface Saying {
  readonly source: SourceKey
  readonly where?: string
}

/** `open`: nobody knows, several answers are permitted of which only some fit, or the model has no word for it. */
export const VERDICTS = ['true', 'false', 'open'] as const
export type Verdict = (typeof VERDICTS)[number]

export type Check = ScenarioCheck | ClientCheck | BeyondTheModel

/** A scenario for each of some kinds, and what the claim predicts of the answer to its last step. */
export interface ScenarioCheck {
  readonly ask: 'the server'
  readonly kinds: readonly ResourceKind[]
  /** The world by its name; left out, each kind's own. */
  readonly world?: string
  /** Steps as in a replay token; `{read}`, `{write}`, `{delete}` stand for what each kind has of these. */
  readonly steps: string
  /** The version of the service that is asked; left out, the newest. */
  readonly version?: ServiceVersion
  readonly expects: Prediction
  /** The step before the last decides as well: what it did to the lease is what the last one shows. */
  readonly withStepBefore?: true
  /** How sure the answer can be at most, where what the rules rest on was seen without the thing that the claim is about. */
  readonly atMost?: Level
}

/** What a claim predicts of an answer; of a list each value will do. What is left out, the claim does not speak of. */
export interface Prediction {
  readonly status?: number | 'success' | 'refusal'
  readonly code?: string | readonly string[]
  readonly headers?: Readonly<Partial<Record<AnswerHeader, string | readonly string[]>>>
}

/** A claim about client libraries, held against a field of the client's rules. */
export interface ClientCheck {
  readonly ask: 'the client'
  readonly kinds: readonly ResourceKind[]
  readonly of: OperationClass
  readonly moment: Moment
  readonly field: ClientField
  readonly expects: ClientExpectation
}

/** Something that the model cannot be asked, and why. */
export interface BeyondTheModel {
  readonly ask: 'nobody'
  readonly kinds: readonly ResourceKind[]
  readonly why: string
  /** The operation that the model does not have, in Azure's words: once it has it, the claim has to be checked. */
  readonly operation?: string
}
