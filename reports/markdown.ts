import { count, lasting, number, percent, times } from './counting.ts'
import { kindText, LEVEL_MEANINGS, sourceOf } from './evidence-text.ts'
import { interferenceText } from './interference-text.ts'
import { block, code, codeCell, details, documentOf, heading, link, plain, table } from './markdown-text.ts'
import { notImplementedText } from './not-implemented-text.ts'
import { printable } from './printable.ts'
import { replayCommand } from './replay-command.ts'
import type { BaselineEntryEvent, Bucket, Footer, ResultEvent } from './results.ts'
import { agreedHereOf, failuresOf, goneOf, knownOf, notCheckedOf, type Run, runOf, warningsOf } from './run.ts'
import { sentenceOf } from './sentence.ts'
import { painter } from './terminal/paint.ts'
import { storyLines } from './terminal/story.ts'
import { exitReason, shardRemark, verdictLine } from './verdict-line.ts'

/** A job summary may hold a megabyte; so many stories fit in any case, and nobody reads more. */
const MAX_STORIES = 50

/** The verdict of a run for the summary of a CI job; its first line is the verdict itself. */
export function renderMarkdown(events: readonly ResultEvent[]): string {
  const run = runOf(events)
  const { driver, client, apiVersion, clock, seed } = run.header
  const failures = failuresOf(run)
  const blocks = [
    [`## ${plain(verdictLine(run))}`],
    [
      `Driver ${plain(driver)}${client === undefined ? '' : ` (${plain(client)})`}, API version ${plain(apiVersion)}, ${clock} time, seed ${seed}. ${ending(run)}`,
    ],
    heading('New divergences, which fail the run', failures.length),
    ...failures.slice(0, MAX_STORIES).map((bucket) => story(bucket, run)),
    signatures(failures.slice(MAX_STORIES)),
    ...warnings(run),
    heading('Known divergences, listed in the baseline', knownOf(run).length),
    signatures(knownOf(run)),
    heading('Gone: in the baseline, but the target agrees now', goneOf(run).length),
    entries(goneOf(run)),
    heading('In the baseline, but agreed in this shard', agreedHereOf(run).length),
    entries(agreedHereOf(run)),
    heading('In the baseline, but not checked', notCheckedOf(run).length),
    entries(notCheckedOf(run)),
    ...(run.footer === undefined ? [] : coverage(run.footer)),
    findings(run),
  ]
  return documentOf(blocks)
}

function ending(run: Run): string {
  const took = run.footer === undefined ? '' : `, after ${lasting(run.footer.durationMs)}`
  const remark = shardRemark(run)
  return `Exit status ${plain(exitReason(run))}${took}.${remark === undefined ? '' : ` ${plain(remark)}`}`
}

function story(bucket: Bucket, { header }: Run): string[] {
  const { rule, field, level, count: seen, issue } = bucket
  return [
    `**${plain(rule)}**, ${plain(field)} (seen ${times(seen)}): ${plain(sentenceOf(bucket))}${issue === undefined ? '' : ` ${reported(issue)}`}`,
    '',
    ...block(storyLines(bucket, painter(false)), 'text'),
    '',
    `Why this is expected (${level}: ${LEVEL_MEANINGS[level]}):`,
    '',
    ...bucket.evidence.map((reason) => {
      const { title, where } = sourceOf(reason)
      const kind = kindText(reason)
      return `- ${link(title, where)}${kind === '' ? '' : ` (${kind})`}${reason.note === undefined ? '' : `: ${plain(reason.note)}`}`
    }),
    '',
    ...block(
      [bucket.scenario, ...(bucket.twin === undefined ? [] : [bucket.twin])].map((token) =>
        printable(replayCommand(token, header)),
      ),
      'sh',
    ),
    ...(bucket.twin === undefined ? [] : ['', 'The second scenario should have been answered as the first one was.']),
  ]
}

function warnings(run: Run): string[][] {
  const found = warningsOf(run)
  if (found.length === 0) return []
  const stories = found.slice(0, MAX_STORIES).flatMap((bucket) => [...story(bucket, run), ''])
  const rest = signatures(found.slice(MAX_STORIES))
  return [
    heading('Warnings: they contradict only what is inferred or open', found.length),
    details(`${count(found.length, 'warning')}, told step by step`, [...stories, ...rest]),
  ]
}

function signatures(buckets: readonly Bucket[]): string[] {
  return table(
    ['Rule', 'Field', 'Observed', 'Seen', 'What is wrong'],
    buckets.map((bucket) => [
      codeCell(bucket.rule),
      codeCell(bucket.field),
      codeCell(bucket.observed),
      times(bucket.count),
      `${plain(sentenceOf(bucket))}${bucket.issue === undefined ? '' : ` ${reported(bucket.issue)}`}`,
    ]),
  )
}

function reported(issue: string): string {
  return `(${link(issue, issue)})`
}

function entries(found: readonly BaselineEntryEvent[]): string[] {
  return table(
    ['Rule', 'Field', 'Observed', 'What was wrong', 'Why it stands here'],
    found.map(({ rule, field, observed, sentence, reason }) => [
      codeCell(rule),
      codeCell(field),
      codeCell(observed),
      plain(sentence),
      plain(reason),
    ]),
  )
}

function coverage(footer: Footer): string[][] {
  const { scenarios, steps, requests, readBacks, crossings, rules, cells, operations, judged, interference } = footer
  const all = judged.settled + judged.documented + judged.inferred + judged.open
  const facts = [
    ['Scenarios', `${number(scenarios)}, in ${count(steps, 'step')}`],
    ['Requests', `${number(requests)}; ${percent(readBacks, requests)} only read the lease back`],
    ...(interference === undefined ? [] : [['Interference', interferenceText(interference)]]),
    ['Answers that depended on a deadline having passed', number(crossings)],
    ['Operations exercised', `${number(operations.exercised.length)} of ${number(operations.known.length)}`],
    ...(footer.notImplemented === undefined ? [] : [['Not implemented', notImplementedText(footer)]]),
    ['Rules reached', `${number(rules.reached)} of ${number(rules.reachable)}; ${number(rules.masked.length)} masked`],
    ['Cells reached', `${number(cells.reached)} of ${number(cells.reachable)}; ${number(cells.masked.length)} masked`],
    ...(['settled', 'documented', 'inferred', 'open'] as const).map((level) => [
      `Fields judged, ${level} (${LEVEL_MEANINGS[level]})`,
      `${number(judged[level])} (${percent(judged[level], all)})`,
    ]),
  ]
  const missed = [
    ...cells.masked.map(({ cell, by }) => `- ${plain(cell)}: masked by ${code(by)}`),
    ...cells.unreached.map((cell) => `- ${plain(cell)}`),
  ]
  return [
    ['### What was checked'],
    table(['What', 'How much'], facts),
    missed.length === 0 ? [] : details(`${count(missed.length, 'cell')} not reached`, missed),
  ]
}

function findings({ findings: found }: Run): string[] {
  if (found.length === 0) return []
  const rows = found.map(({ rule, field, observed, count: seen }) => [
    codeCell(rule),
    codeCell(field),
    codeCell(observed),
    times(seen),
  ])
  return details(
    `${count(found.length, 'finding')}: what the target does where nobody knows what is right`,
    table(['Rule', 'Field', 'Observed', 'Seen'], rows),
  )
}
