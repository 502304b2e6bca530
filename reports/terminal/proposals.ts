import type { Proposal, Proposals } from '../proposals.ts'
import { answerText, fieldText, isTelling, tally } from '../proposals-text.ts'
import { paragraph } from './layout.ts'
import { painter } from './paint.ts'
import type { SummaryView } from './summary.ts'

/** How many answers a reader wants to see at once; the files hold all. */
const FOLDED = 12

/** What a target answered where nobody knows the answer, shortly; what contradicts us comes first. */
export function renderProposals(made: Proposals, { colour, verbose }: SummaryView): string {
  const paint = painter(colour)
  const telling = made.proposals.filter(isTelling).sort((a, b) => rank(a) - rank(b))
  const most = verbose ? telling.length : FOLDED
  const title = made.isEvidence ? 'Proposals for evidence' : 'Answers where nobody knows what is right'
  return `${[
    ...paragraph(`${title} (${made.standing})`, 0).map((line) => paint('heading', line)),
    ...paragraph(tally(made), 2),
    ...telling.slice(0, most).flatMap(lines),
    ...(telling.length > most ? [paint('quiet', `  ... and ${telling.length - most} more; --verbose lists them`)] : []),
  ].join('\n')}\n`
}

const RANKS = ['contradicted', 'chosen', 'confirmed', 'not shown'] as const

function rank({ fields }: Proposal): number {
  return Math.min(...fields.map(({ result }) => RANKS.indexOf(result)))
}

function lines(proposal: Proposal): string[] {
  const { gap, request, answer, fields } = proposal
  const said = fields.filter(({ result }) => result !== 'not shown').map(fieldText)
  const asked = answer.requestId === undefined ? '' : `; request ${answer.requestId}`
  return [
    ...paragraph(gap, 4, '  -'),
    ...paragraph(`"${request}" gives ${answerText(proposal)} (${answer.answeredAt}${asked})`, 4),
    ...said.flatMap((each) => paragraph(each, 4)),
  ]
}
