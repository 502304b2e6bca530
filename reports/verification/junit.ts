import { type JunitCase, type JunitOutcome, junitXml, PASSED } from '../junit-xml.ts'
import { signatureText } from '../sentence.ts'
import { placeText, seenText } from './places.ts'
import { sentenceOfRecorded } from './sentence.ts'
import { exitReason } from './verdict-line.ts'
import type { RecordedDivergence, UnmetEntry, UnreadableEvent, VerificationEvent } from './verification.ts'
import { type Verified, verifiedOf } from './verified.ts'

const SUITE = 'leasecheck.recordings'

/**
 * What judging recordings found as JUnit XML: a case for the whole, one for each file that was not read, one for each
 * divergence. Something fails if and only if the exit status is not 0.
 */
export function renderVerificationJunit(events: readonly VerificationEvent[]): string {
  const verified = verifiedOf(events)
  const { failures, warnings, known, gone, notChecked, unreadable, header, footer } = verified
  const cases = [
    wholeCase(verified),
    ...unreadable.map(unreadableCase),
    ...[...failures, ...warnings, ...known].map(divergenceCase),
    ...[...gone, ...notChecked].map((entry) => entryCase(entry, verified)),
  ]
  return junitXml({
    cases,
    durationMs: footer?.durationMs ?? 0,
    startedAt: header.startedAt,
    properties: { suite: SUITE, values: { leasecheck: header.leasecheck, paths: header.paths.join(' ') } },
  })
}

function wholeCase(verified: Verified): JunitCase {
  const { footer, unreadable, failures } = verified
  const text = `exit status ${exitReason(verified)}`
  const name = 'the recordings were judged'
  const durationMs = footer?.durationMs ?? 0
  // What has a case of its own is told there.
  const isToldElsewhere =
    footer?.exitStatus === 0 || footer?.exitStatus === 1 || (footer?.exitStatus === 2 && unreadable.length > 0)
  const isComplete = footer?.complete === true && (failures.length > 0 || isToldElsewhere)
  return { suite: SUITE, name, durationMs, outcome: isComplete ? PASSED : { kind: 'error', message: text }, text }
}

function unreadableCase({ file, sentence }: UnreadableEvent): JunitCase {
  return { suite: SUITE, name: `${file} can be read`, durationMs: 0, outcome: { kind: 'error', message: sentence } }
}

function divergenceCase(found: RecordedDivergence): JunitCase {
  const { expected, level, examples } = found
  const text = [
    sentenceOfRecorded(found),
    `expected ${expected} (${level})`,
    ...examples.map(seenText),
    `leasecheck explain ${found.rule}`,
  ].join('\n')
  return { ...named(found), outcome: outcomeOf(found), text }
}

function outcomeOf(found: RecordedDivergence): JunitOutcome {
  const [first] = found.examples
  const where = first === undefined ? '' : ` in ${placeText(first)}`
  if (found.fails) return { kind: 'failure', message: `new${where}: ${sentenceOfRecorded(found)}` }
  return found.state === 'known' ? { kind: 'skipped', message: `known: ${sentenceOfRecorded(found)}` } : PASSED
}

function entryCase(entry: UnmetEntry, { footer, failures }: Verified): JunitCase {
  const text = `${entry.state}: ${entry.reason}\nin the baseline: ${entry.sentence}`
  const failsOnGone = footer?.exitStatus === 1 && failures.length === 0
  const outcome: JunitOutcome =
    entry.state === 'not checked'
      ? { kind: 'skipped', message: `not checked: ${entry.reason}` }
      : failsOnGone
        ? { kind: 'failure', message: `gone: ${entry.reason}; remove it from the baseline` }
        : PASSED
  return { ...named(entry), outcome, text }
}

function named(signature: RecordedDivergence | UnmetEntry): Pick<JunitCase, 'suite' | 'name' | 'durationMs'> {
  return { suite: `leasecheck.${signature.rule.split('.')[0]}`, name: signatureText(signature), durationMs: 0 }
}
