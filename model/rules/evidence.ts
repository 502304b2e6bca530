import type { SourceKey } from './sources.ts'

/** How sure a claim is; `settled` and `documented` fail a run, `inferred` does so only with `--strict`. */
export const LEVELS = ['settled', 'documented', 'inferred', 'open'] as const
export type Level = (typeof LEVELS)[number]

/** One reason to believe a claim. */
export interface Evidence {
  readonly source: SourceKey
  readonly kind: 'doc' | 'recording' | 'sdk-test' | 'live-trace' | 'inferred'
  /** How many recorded exchanges or assertions say so. */
  readonly count?: number
  readonly note?: string
  /** It is of a part of what the rule speaks of only, so it supports the claim and settles nothing. */
  readonly inPart?: true
}

/**
 * Something that a rule asserts: the permitted values, and why we think so. The level belongs to the claim and not to the
 * rule, because documents often give a status while only recordings give the code.
 */
export interface Claim<T> {
  readonly values: readonly T[]
  readonly level: Level
  readonly evidence: readonly Evidence[]
}

/**
 * A claim whose level follows from its evidence: `settled` if recorded, or documented and asserted by a test that runs
 * against the service; `documented` with one of the two; else `inferred`. What is of a part only does not count.
 */
export function claim<T>(values: T | readonly T[], ...evidence: readonly Evidence[]): Claim<T> {
  const kinds = new Set(evidence.filter(({ inPart }) => inPart === undefined).map((each) => each.kind))
  const settled = kinds.has('recording') || kinds.has('live-trace') || (kinds.has('doc') && kinds.has('sdk-test'))
  const level = settled ? 'settled' : kinds.has('doc') || kinds.has('sdk-test') ? 'documented' : 'inferred'
  return { values: asList(values), level, evidence }
}

/** A claim that nobody can decide yet: the plausible values, and what is known about them. */
export function open<T>(values: readonly T[], ...evidence: readonly Evidence[]): Claim<T> {
  return { values, level: 'open', evidence }
}

export function doc(source: SourceKey, note?: string): Evidence {
  return evidence(source, 'doc', undefined, note)
}

export function sdkTest(source: SourceKey, note?: string): Evidence {
  return evidence(source, 'sdk-test', undefined, note)
}

/** Recorded exchanges of the real service; `count` of them, where they were counted one by one. */
export function recorded(count?: number, note?: string): Evidence {
  return evidence('recordings', 'recording', count, note)
}

/** Evidence of a part of what a rule speaks of: of one of its classes, say; the note tells of which. */
export function inPart(evidence: Evidence): Evidence {
  return { ...evidence, inPart: true }
}

/** An answer of the real service that somebody quoted. */
export function liveTrace(source: SourceKey, note?: string): Evidence {
  return evidence(source, 'live-trace', undefined, note)
}

/** Our own deduction. */
export function inferred(note: string): Evidence {
  return evidence('reasoning', 'inferred', undefined, note)
}

/** The weaker of two levels. */
export function weaker(a: Level, b: Level): Level {
  return LEVELS.indexOf(a) >= LEVELS.indexOf(b) ? a : b
}

function evidence(
  source: SourceKey,
  kind: Evidence['kind'],
  count: number | undefined,
  note: string | undefined,
): Evidence {
  return { source, kind, ...(count === undefined ? {} : { count }), ...(note === undefined ? {} : { note }) }
}

function asList<T>(values: T | readonly T[]): readonly T[] {
  return Array.isArray(values) ? (values as readonly T[]) : [values as T]
}
