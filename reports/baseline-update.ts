import {
  BASELINE_FORMAT,
  BASELINE_VERSION,
  type Baseline,
  type BaselineEntry,
  compareSignatures,
  entryFor,
  isSame,
} from './baseline.ts'
import type { BaselineEntryEvent, Bucket } from './results.ts'
import { generatedSentence, signatureText } from './sentence.ts'

/** How the sentence of a new entry begins, until somebody writes one. */
export const TODO = 'TODO: say what is wrong. '

/** What a baseline is for. */
export type BaselineSubject = Pick<Baseline, 'target' | 'targetVersion' | 'driver' | 'apiVersion' | 'configuration'>

export interface BaselineUpdate {
  readonly baseline: Baseline
  /** A line for each thing that changed: `+` added, `-` removed, `~` changed, `!` look at it yourself. */
  readonly difference: readonly string[]
}

/**
 * The baseline after a complete run. What people wrote stays; a scenario changes only for a shorter one; entries that are
 * gone are dropped; entries that were not checked stay as they are.
 */
export function updated(
  before: Baseline | undefined,
  subject: BaselineSubject,
  buckets: readonly Bucket[],
  checks: readonly BaselineEntryEvent[],
): BaselineUpdate {
  const old = before?.entries ?? []
  const kept = old.flatMap((entry) => keptEntry(entry, buckets, checks))
  const unlisted = buckets.filter((bucket) => before === undefined || entryFor(before, bucket) === undefined)
  const added = unlisted
    .filter((bucket, index) => unlisted.findIndex((each) => isSame(each, bucket)) === index)
    .map(newEntry)
  const entries = [...kept, ...added].sort(compareSignatures)
  const { target, targetVersion, driver, apiVersion, configuration } = subject
  const after: Baseline = {
    format: BASELINE_FORMAT,
    version: BASELINE_VERSION,
    target,
    targetVersion,
    driver,
    apiVersion,
    configuration,
    entries,
  }
  const difference = [
    ...(before === undefined ? [] : subjectChanges(before, after)),
    ...added.map((entry) => `+ ${signatureText(entry)} (new: write its sentence)`),
    ...old.flatMap((entry) => entryChanges(entry, after, buckets, checks)),
  ]
  return { baseline: after, difference }
}

/** The entry with a shorter scenario if there is one, or nothing if it is gone. A divergence that was seen is not gone. */
function keptEntry(
  entry: BaselineEntry,
  buckets: readonly Bucket[],
  checks: readonly BaselineEntryEvent[],
): BaselineEntry[] {
  const bucket = buckets.find((each) => isSame(each, entry))
  if (bucket !== undefined)
    return [isShorter(bucket.scenario, entry.scenario) ? { ...entry, scenario: bucket.scenario } : entry]
  return goneCheck(entry, checks) === undefined ? [entry] : []
}

function goneCheck(entry: BaselineEntry, checks: readonly BaselineEntryEvent[]): BaselineEntryEvent | undefined {
  return checks.find((check) => check.state === 'gone' && isSame(check, entry))
}

function newEntry(bucket: Bucket): BaselineEntry {
  const { rule, field, observed, scenario } = bucket
  return { rule, field, observed, sentence: `${TODO}${generatedSentence(bucket)}`, scenario }
}

/** Fewer steps, which a token separates by slashes, or as many steps said in fewer characters. */
function isShorter(token: string, than: string): boolean {
  const steps = token.split('/').length - than.split('/').length
  return steps < 0 || (steps === 0 && token.length < than.length)
}

function subjectChanges(before: Baseline, after: Baseline): string[] {
  const keys = ['target', 'targetVersion', 'driver', 'apiVersion'] as const
  const changes = keys.flatMap((key) =>
    before[key] === after[key] ? [] : [`~ ${key}: ${before[key]} -> ${after[key]}`],
  )
  const settings = [...new Set([...Object.keys(before.configuration), ...Object.keys(after.configuration)])].sort()
  return [
    ...changes,
    ...settings.flatMap((key) => {
      const [was = 'absent', is = 'absent'] = [before.configuration[key], after.configuration[key]]
      return was === is ? [] : [`~ configuration ${key}: ${was} -> ${is}`]
    }),
  ]
}

function entryChanges(
  entry: BaselineEntry,
  after: Baseline,
  buckets: readonly Bucket[],
  checks: readonly BaselineEntryEvent[],
): string[] {
  const name = signatureText(entry)
  const now = entryFor(after, entry)
  if (now === undefined) return [`- ${name} (gone: ${goneCheck(entry, checks)?.reason})`]
  const excused = buckets.every((bucket) => bucket.state === 'known' || !isSame(bucket, entry))
  return [
    ...(now.scenario === entry.scenario ? [] : [`~ ${name} (a shorter scenario)`]),
    ...(excused || entry.until === undefined
      ? []
      : [`! ${name} (excused until ${entry.until}, which has passed: decide on its date by hand)`]),
  ]
}
