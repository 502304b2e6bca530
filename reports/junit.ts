import { count } from './counting.ts'
import { type JunitCase as Case, junitXml, type JunitOutcome as Outcome, PASSED } from './junit-xml.ts'
import type { BaselineEntryEvent, Bucket, ResultEvent } from './results.ts'
import { type Run, runOf } from './run.ts'
import { sentenceOf, signatureText } from './sentence.ts'
import { renderBucket } from './terminal/bucket.ts'
import { exitReason, failsOnGone, incompleteReason } from './verdict-line.ts'

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
  return junitXml({
    cases,
    durationMs: run.footer?.durationMs ?? 0,
    startedAt: run.header.startedAt,
    properties: { suite: RUN_SUITE, values: propertiesOf(run) },
  })
}

const RUN_SUITE = 'leasecheck.run'

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
    case 'agreed here':
      return { kind: 'skipped', message: `agreed in this shard: ${reason}` }
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

function propertiesOf({ header: { leasecheck, target, driver, client, apiVersion, clock, seed, shard } }: Run) {
  return {
    leasecheck,
    target: target.name,
    targetVersion: target.version,
    driver,
    ...(client === undefined ? {} : { client }),
    apiVersion,
    clock,
    seed: String(seed),
    ...(shard === undefined ? {} : { shard: `${shard.number}/${shard.of}` }),
  }
}
