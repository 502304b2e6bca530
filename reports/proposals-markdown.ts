import { count } from './counting.ts'
import { codeCell, details, plain, table } from './markdown-text.ts'
import type { Proposal, Proposals } from './proposals.ts'
import { answerText, fieldText, isTelling, tally } from './proposals-text.ts'

/** What a target answered where nobody knows the answer, for whoever contributes it or looks it through. */
export function renderProposalsMarkdown(made: Proposals): string {
  const { proposals, unanswered, target, apiVersion, standing, isEvidence, driver, leasecheck, startedAt } = made
  const telling = proposals.filter(isTelling)
  const blocks = [
    [`# ${isEvidence ? 'Proposals for evidence' : 'What was observed (not evidence)'}`],
    [
      `${plain(target.name)} ${plain(target.version)}${target.where === undefined ? '' : ` at ${plain(target.where)}`}, ${plain(standing)}. Requests with x-ms-version ${plain(apiVersion)}, by driver ${plain(driver)} of leasecheck ${plain(leasecheck)}, from ${plain(startedAt)} on. ${plain(tally(made))}`,
    ],
    isEvidence
      ? [
          'To contribute: attach `proposals.json` to an issue of leasecheck. Each line names the request that the service answered and its id, so that the answer can be looked up; the name of the account is in neither file.',
        ]
      : ['Do not contribute this: an emulator does what its authors took to be right.'],
    ...section('Contradicted: something else than was deduced', telling, 'contradicted'),
    ...section('Chosen: one of several plausible answers', telling, 'chosen'),
    ...section('Confirmed: what was deduced', telling, 'confirmed'),
    unanswered.length === 0
      ? []
      : details(`Not answered (${unanswered.length})`, [
          ...table(
            ['gap', 'reason'],
            unanswered.map(({ gap, reason }) => [codeCell(gap), plain(reason)]),
          ),
        ]),
  ]
  return `${blocks
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

type Result = Proposal['fields'][number]['result']

function section(title: string, proposals: readonly Proposal[], result: Result): readonly string[][] {
  const own = proposals.filter((each) => gravest(each) === result)
  if (own.length === 0) return []
  const rows = own.map((each) => [
    codeCell(each.gap),
    codeCell(each.scenario),
    plain(answerText(each)),
    each.fields.map((field) => plain(fieldText(field))).join('<br>'),
    plain(each.answer.answeredAt),
    codeCell(each.answer.requestId ?? 'none'),
  ])
  return [
    [`## ${title} (${count(own.length, 'gap')})`],
    table(['gap', 'scenario', 'answer', 'fields', 'date', 'request id'], rows),
  ]
}

/** A proposal stands where its most surprising field belongs. */
function gravest({ fields }: Proposal): Result | undefined {
  return (['contradicted', 'chosen', 'confirmed'] as const).find((result) =>
    fields.some((each) => each.result === result),
  )
}
