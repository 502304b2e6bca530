import type { ResourceKind } from '../../model/resource.ts'
import type { Evidence } from '../../model/rules/evidence.ts'
import type { Case } from '../../properties/casebook/casebook.ts'
import type { EdgeCase, Scene } from '../../properties/casebook/edge-cases/edge-case.ts'
import type { Moment } from '../../properties/casebook/moment.ts'
import type { RuleEntry } from '../../properties/casebook/rule-entries.ts'
import type { StateChange } from '../../properties/casebook/state-changes.ts'
import type { VersionChange } from '../../properties/casebook/version-changes.ts'
import type { CellOutcome } from '../cell-outcome.ts'

/** Everything that the pages are made of: what the model says, and what was found out about targets and recordings. */
export interface AlmanacData {
  readonly cases: readonly Case[]
  readonly rules: readonly RuleEntry[]
  readonly edgeCases: readonly EdgeTopic[]
  readonly stateChanges: readonly StateChange[]
  readonly versionChanges: readonly VersionChange[]
  /** What a kind is called. */
  readonly nouns: Readonly<Record<ResourceKind, string>>
  /** The version of the service that cells are told for. */
  readonly version: string
  readonly codeHeader: { readonly from: string; readonly evidence: readonly Evidence[] }
  readonly targets: readonly KnownTarget[]
  readonly divergences: readonly KnownDivergence[]
  readonly recordings: RecordingExamples
}

export interface EdgeTopic {
  readonly topic: string
  readonly cases: readonly (Omit<EdgeCase, 'scenes'> & { readonly scenes: readonly PlayedScene[] })[]
}

/** A scene, and how the model answers the request that it is about. */
export interface PlayedScene extends Scene {
  readonly moment: Moment
}

/** Where recorded exchanges that show a rule can be found. */
export type RecordingExamples = Readonly<
  Record<string, { readonly exchanges: number; readonly examples: readonly string[] }>
>

/** One version of a target by one driver, and what it was seen to do cell by cell. */
export interface KnownTarget {
  /** In short, e.g. `azurite 3.37.0`; behind a client library `azurite+js 3.37.0`. */
  readonly name: string
  /** Who sent the requests, for people. */
  readonly sentBy: string
  /** Which families of kinds it was asked about. */
  readonly families: readonly string[]
  readonly apiVersion: string
  /** Cells by kind and what happened to them. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly outcomeAt: (cell: string) => CellOutcome
}

/** An entry of a baseline: a divergence that was looked into. */
export interface KnownDivergence {
  readonly target: string
  readonly rule: string
  readonly field: string
  readonly observed: string
  readonly sentence: string
  readonly evidence: string | undefined
  /** The command that shows it. */
  readonly replay: string
}
