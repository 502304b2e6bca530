import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import type { Evidence, Level } from '../../model/rules/evidence.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Outcome, Rule } from '../../model/rules/rule.ts'
import { SOURCES } from '../../model/rules/sources.ts'
import { type BaselineEntry, parseBaseline } from '../../reports/baseline.ts'
import { wordsOf } from '../campaign/words.ts'
import { UsageError } from '../errors.ts'
import { shippedBaselines } from './baseline-file.ts'
import { say } from './terminal.ts'

/** A divergence of a target that we know of. */
interface KnownDivergence extends BaselineEntry {
  readonly target: string
}

export function explainCommand(): Command {
  return new Command('explain')
    .description('Shows the rules for some words, how sure they are and why, and what known targets do instead.')
    .argument('<words...>', 'e.g. blob renew expired, or LeaseIdMismatchWithLeaseOperation')
    .option('--json', 'for programs')
    .action(explain)
}

function explain(words: readonly string[], flags: { readonly json?: true }): void {
  const wanted = wordsOf(words)
  const rules = RULES.filter((rule) => wanted.every((word) => searchText(rule).includes(word)))
  if (rules.length === 0) {
    throw new UsageError(
      `no rule has all of these words: ${words.join(' ')}; try fewer, e.g. a kind, an operation, a state, an error code`,
    )
  }
  const known = knownDivergences()
  const found = rules.map((rule) => ({ rule, targets: known.filter((entry) => entry.rule === rule.id) }))
  if (flags.json)
    say(
      JSON.stringify(
        found.map(({ rule, targets }) => ({ ...rule, targets })),
        null,
        2,
      ),
    )
  else say(found.map(({ rule, targets }) => told(rule, targets)).join('\n\n'))
}

/** Everything by which a rule can be found. */
function searchText(rule: Rule): string {
  const guard = Object.entries(rule.when).flat(2)
  const outcomes = rule.expect.flatMap(({ status, code }) => [...status.values, ...code.values])
  return [rule.id, rule.kind, rule.layer, ...rule.classes, ...guard, ...outcomes].join(' ').toLowerCase()
}

function told(rule: Rule, targets: readonly KnownDivergence[]): string {
  const when = Object.entries(rule.when).map(([feature, values]) => `${feature} is ${values.join(' or ')}`)
  const lines = [
    rule.id,
    `  for      ${rule.classes.join(', ')} on a ${rule.kind}`,
    `  when     ${when.length === 0 ? 'always' : when.join('; ')}`,
    ...(rule.expect.length === 0 ? ['  then     nothing stands in the way'] : rule.expect.flatMap(outcomeLines)),
    ...targets.map(
      ({ target, sentence, scenario }) =>
        `  known    ${target}: ${sentence}\n           npx leasecheck replay '${scenario}'`,
    ),
  ]
  return lines.join('\n')
}

function outcomeLines({ status, code, headers, next, clock }: Outcome): readonly string[] {
  const line = (name: string, values: readonly unknown[], level: Level, evidence: readonly Evidence[]) =>
    `  ${name.padEnd(8)} ${values.join(' or ')} [${level}: ${evidence.map(evidenceText).join('; ') || 'nobody knows'}]`
  return [
    line('status', status.values, status.level, status.evidence),
    ...(code.values[0] === 'none' ? [] : [line('code', code.values, code.level, code.evidence)]),
    ...headers.map((each) => line(each.header, each.values, each.level, each.evidence)),
    line('lease', next.values, next.level, next.evidence),
    ...(next.values[0] === 'stays' ? [] : [line('deadline', clock.values, clock.level, clock.evidence)]),
  ]
}

function evidenceText({ source, kind, count, note }: Evidence): string {
  const { title, where } = SOURCES[source]
  const times = count === undefined ? '' : `, ${count} times`
  return `${title}${times}${note === undefined ? '' : ` (${note})`}${where === '' || kind === 'inferred' ? '' : ` <${where}>`}`
}

function knownDivergences(): readonly KnownDivergence[] {
  return shippedBaselines().flatMap(({ target, targetVersion, file }) => {
    const parsed = parseBaseline(readFileSync(file, 'utf8'), file)
    if ('error' in parsed) throw new Error(parsed.error)
    return parsed.baseline.entries.map((entry) => ({ ...entry, target: `${target} ${targetVersion}` }))
  })
}
