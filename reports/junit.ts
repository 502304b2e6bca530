import { XMLBuilder } from 'fast-xml-parser'
import { count } from './counting.ts'
import { printable } from './printable.ts'
import type { BaselineEntryEvent, Bucket, ResultEvent } from './results.ts'
import { type Run, runOf } from './run.ts'
import { sentenceOf, signatureText } from './sentence.ts'
import { renderBucket } from './terminal/bucket.ts'
import { exitReason, failsOnGone, incompleteReason } from './verdict-line.ts'

interface Case {
  readonly suite: string
  readonly name: string
  readonly durationMs: number
  readonly outcome: Outcome
  /** What is shown for the case if somebody opens it. */
  readonly text?: string
}

type Outcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failure' | 'error' | 'skipped'; readonly message: string }

/**
 * The run as JUnit XML, as GitHub, Azure Pipelines and Jenkins read it. A case for the run itself and for each origin of
 * scenarios, and for each resource kind one for each divergence; a case for each of thousands of scenarios would drown them.
 * Something fails if and only if the exit status is not 0.
 */
export function renderJunit(events: readonly ResultEvent[]): string {
  const run = runOf(events)
  const cases = [
    runCase(run),
    ...originCases(run),
    ...run.buckets.map((bucket) => bucketCase(bucket, run)),
    ...run.entries.map((entry) => entryCase(entry, run)),
  ]
  const suites = [...Map.groupBy(cases, ({ suite }) => suite)]
  const xml = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    format: true,
    suppressEmptyNode: true,
  }).build({
    testsuites: {
      '@name': 'leasecheck',
      ...totals(cases),
      '@time': seconds(run.footer?.durationMs ?? 0),
      testsuite: suites.map(([name, members]) => ({
        '@name': name,
        ...totals(members),
        '@timestamp': run.header.startedAt,
        ...(name === RUN_SUITE ? { properties: { property: propertiesOf(run) } } : {}),
        testcase: members.map(caseElement),
      })),
    },
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`
}

const RUN_SUITE = 'leasecheck.run'
const PASSED: Outcome = { kind: 'passed' }

function runCase(run: Run): Case {
  const incomplete = incompleteReason(run)
  const outcome: Outcome = incomplete === undefined ? PASSED : { kind: 'error', message: incomplete }
  return {
    suite: RUN_SUITE,
    name: 'the run is complete',
    durationMs: run.footer?.durationMs ?? 0,
    outcome,
    text: `exit status ${exitReason(run)}`,
  }
}

/** That scenarios were run is a fact of its own: a report with none of them is no proof. Divergences have cases below. */
function originCases({ footer }: Run): Case[] {
  return (footer?.origins ?? []).map(({ origin, scenarios, diverged, durationMs }) => ({
    suite: 'leasecheck.scenarios',
    name: `scenarios from ${origin === 'hostile' ? 'hostile input' : origin}`,
    durationMs,
    outcome: PASSED,
    text: `${count(scenarios, 'scenario')}; ${diverged} with divergences, which have cases of their own`,
  }))
}

function bucketCase(bucket: Bucket, { header }: Run): Case {
  return { ...place(bucket), outcome: bucketOutcome(bucket), text: renderBucket(bucket, { colour: false, header }) }
}

function bucketOutcome(bucket: Bucket): Outcome {
  if (bucket.fails) return { kind: 'failure', message: `new: ${sentenceOf(bucket)}` }
  return bucket.state === 'known' ? { kind: 'skipped', message: `known: ${sentenceOf(bucket)}` } : PASSED
}

function entryCase(entry: BaselineEntryEvent, run: Run): Case {
  return {
    ...place(entry),
    outcome: entryOutcome(entry, run),
    text: `${entry.state}: ${entry.reason}\nin the baseline: ${entry.sentence}`,
  }
}

/** A divergence that is gone is good news, unless the run was asked to fail then. */
function entryOutcome({ state, reason }: BaselineEntryEvent, run: Run): Outcome {
  switch (state) {
    case 'not checked':
      return { kind: 'skipped', message: `not checked: ${reason}` }
    case 'gone':
      return failsOnGone(run) ? { kind: 'failure', message: `gone: ${reason}; remove it from the baseline` } : PASSED
    default:
      return state satisfies never
  }
}

/** Rules are named after the resource kind that they are about; those of client libraries begin with `client`. */
function place(signature: Bucket | BaselineEntryEvent): Pick<Case, 'suite' | 'name' | 'durationMs'> {
  return { suite: `leasecheck.${signature.rule.split('.')[0]}`, name: signatureText(signature), durationMs: 0 }
}

function totals(cases: readonly Case[]): Record<string, string> {
  const counted = (kind: Outcome['kind']) => String(cases.filter(({ outcome }) => outcome.kind === kind).length)
  return {
    '@tests': String(cases.length),
    '@failures': counted('failure'),
    '@errors': counted('error'),
    '@skipped': counted('skipped'),
    '@time': seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  }
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3)
}

function caseElement({ suite, name, durationMs, outcome, text = '' }: Case): object {
  const lines = text.split('\n').map(printable).join('\n').trimEnd()
  const attributes = { '@classname': printable(suite), '@name': printable(name), '@time': seconds(durationMs) }
  if (outcome.kind === 'passed') return { ...attributes, 'system-out': lines }
  const message = { '@message': printable(outcome.message) }
  if (outcome.kind === 'skipped') return { ...attributes, skipped: message, 'system-out': lines }
  return {
    ...attributes,
    [outcome.kind]: { ...message, '@type': outcome.kind === 'failure' ? 'divergence' : 'incomplete', '#text': lines },
  }
}

function propertiesOf({ header: { leasecheck, target, driver, client, apiVersion, clock, seed } }: Run): object[] {
  const values = {
    leasecheck,
    target: target.name,
    targetVersion: target.version,
    driver,
    ...(client === undefined ? {} : { client }),
    apiVersion,
    clock,
    seed: String(seed),
  }
  return Object.entries(values).map(([name, value]) => ({ '@name': name, '@value': printable(value) }))
}
