import type { EvaluatedCheck } from '../../model/claims/evaluate-check.ts'
import type { EvaluatedClaim, KindVerdict } from '../../model/claims/evaluated-claims.ts'
import { claimsFile } from '../claims-file.ts'
import { count } from '../counting.ts'
import { evidenceText, LEVEL_MEANINGS } from '../evidence-text.ts'
import { block, code, details, link, plain, table } from '../markdown-text.ts'
import { replayCommand } from '../replay-command.ts'
import type { Page } from './page.ts'

/** The pages on what documents claim: one for people, `claims.md`, and the same for programs, `claims.json`. */
export function claimsPages(claims: readonly EvaluatedClaim[]): readonly Page[] {
  return [
    { path: 'claims.md', text: `${pageLines(claims).join('\n')}\n` },
    { path: 'claims.json', text: `${JSON.stringify(claimsFile(claims), null, 2)}\n` },
  ]
}

type Overall = EvaluatedClaim['verdict']

/** The sections of the page, in the order of the claims, and what a reader should take from them. */
const SECTIONS: readonly (readonly [verdict: Overall, heading: string, meaning: string])[] = [
  ['false', 'False', 'the service does otherwise; where a kind is open, it is false for the others'],
  ['only for some kinds', 'True for some kinds only', 'true for some kinds of resource, and false or open for others'],
  ['open', 'Open', 'nobody knows, a client or the service is free to do either, or this project has no word for it'],
  ['true', 'True', 'the service does so, as far as it is known'],
]

const INTRODUCTION = [
  '# What the documentation claims',
  '',
  'The reference pages of Azure Storage, the references and guides of its client libraries, and what others have made of',
  'them say a great deal about leases, and not all of it agrees with what the service was recorded to do. Each claim here is',
  'restated in a sentence of ours and put to the reference model as short scenarios: what would the claim predict, and what',
  'is permitted? The verdict is computed from the rules of the model, so it changes when they do.',
  '',
  'A verdict is as sure as the rules behind it:',
  '',
  ...Object.entries(LEVEL_MEANINGS).map(([level, meaning]) => `- **${level}**: ${meaning}`),
  '',
  'A claim that is about several kinds of resource is judged for each. A claim is refuted for a kind by one scenario that',
  'contradicts it, and is then as sure as that; it is true if none does, and then as sure as the weakest of them. Times are',
  'exact: nothing here rests on what happens within a second of a deadline. The same table for programs is',
  '[claims.json](claims.json), described by `reports/schemas/claims.schema.json`.',
]

function pageLines(claims: readonly EvaluatedClaim[]): readonly string[] {
  const sections = SECTIONS.map(([verdict, heading, meaning]) => ({
    heading,
    meaning,
    own: claims.filter((claim) => claim.verdict === verdict),
  })).filter(({ own }) => own.length > 0)
  return [
    ...INTRODUCTION,
    '',
    ...table(
      ['verdict', 'claims', 'meaning'],
      sections.map(({ heading, own, meaning }) => [`[${heading}](#${anchor(heading)})`, String(own.length), meaning]),
    ),
    ...sections.flatMap(({ heading, own }) => [
      '',
      `## ${heading}`,
      '',
      ...table(
        ['claim', 'verdict'],
        own.map((claim) => [claimLink(claim), summary(claim)]),
      ),
      ...own.flatMap(claimLines),
    ]),
  ]
}

function anchor(heading: string): string {
  return heading.toLowerCase().replaceAll(' ', '-')
}

function claimLink({ id, title }: EvaluatedClaim): string {
  return `[${plain(title)}](#${id})`
}

/** The verdict in words: `false`, or `true for container; false for blob; open for share`. */
function summary({ verdict, kinds }: EvaluatedClaim): string {
  const verdicts = new Set(kinds.map((each) => each.verdict))
  if (verdicts.size === 1) return verdict
  return (['true', 'false', 'open'] as const)
    .map((each) => [each, kinds.filter((kind) => kind.verdict === each).map(kindName)] as const)
    .flatMap(([each, names]) => (names.length === 0 ? [] : [`${each} for ${names.join(', ')}`]))
    .join('; ')
}

function kindName({ kind }: KindVerdict): string {
  return kind.replace('-', ' ')
}

function claimLines(claim: EvaluatedClaim): readonly string[] {
  const { id, title, says, really, kinds } = claim
  const rules = new Map(kinds.flatMap((each) => each.rules).map((rule) => [JSON.stringify(rule), rule]))
  return [
    '',
    `### ${id}`,
    '',
    `> ${plain(title)}`,
    '',
    `Claimed by: ${says.map(sayingText).join('; ')}`,
    '',
    `**What really happens:** ${plain(really)}`,
    '',
    ...table(['kind', 'verdict', 'how sure', 'decided by'], kinds.map(kindCells)),
    '',
    ...(rules.size === 0
      ? []
      : [...details('Why: the rules and their evidence', [...rules.values()].flatMap(ruleLines)), '']),
    ...details('The scenarios', kinds.flatMap(kindScenarios).slice(0, -1)),
  ]
}

function sayingText({ title, url, where }: EvaluatedClaim['says'][number]): string {
  return `${link(title, url)}${where === undefined ? '' : ` (${plain(where)})`}`
}

function kindCells(kind: KindVerdict): readonly string[] {
  const { verdict, openBecause, level, rules } = kind
  return [
    kindName(kind),
    openBecause === undefined ? verdict : `${verdict}: ${openBecause}`,
    openBecause === 'beyond the model' ? '' : level,
    rules.map(({ id }) => code(id)).join(', '),
  ]
}

function ruleLines({ id, fields, level, evidence }: KindVerdict['rules'][number]): readonly string[] {
  return [
    `- ${code(id)}: ${plain(fields.join(', '))} (${level})`,
    ...evidence.map((each) => `  - ${plain(evidenceText(each))}`),
  ]
}

/** The checks of a kind, each with the command that plays it; what is asked of nobody is told. */
function kindScenarios(kind: KindVerdict): readonly string[] {
  return kind.checks.flatMap((check) => [`${kindName(kind)}: ${checkText(check)}`, ...commandLines(kind, check), ''])
}

function checkText({ predicted, permitted, verdict }: EvaluatedCheck): string {
  if (predicted === '') return plain(permitted.join('; '))
  const comparison = `predicted ${code(predicted)}, permitted ${permitted.map(code).join(' or ')}`
  return `${comparison}: ${verdict === 'true' ? 'as claimed' : verdict === 'false' ? 'not as claimed' : 'open'}`
}

function commandLines({ rules }: KindVerdict, { token, version }: EvaluatedCheck): readonly string[] {
  if (token !== undefined) return ['', ...block([replayOnReference(token, version)], 'sh')]
  const [rule] = rules
  return rule === undefined ? [] : ['', ...block([`npx leasecheck explain ${rule.id}`], 'sh')]
}

/** The command that plays a scenario on the reference server, which answers by the rules. */
function replayOnReference(token: string, version: string | undefined): string {
  const repeat = ['reference', ...(version === undefined ? [] : ['--api-version', version])]
  return replayCommand(token, { repeat, target: { name: 'reference', version: '' }, driver: 'rest' })
}

/** How many claims there are of each verdict, in a line. */
export function claimsInALine(claims: readonly EvaluatedClaim[]): string {
  const told = SECTIONS.map(([verdict, heading]) => {
    return `${claims.filter((each) => each.verdict === verdict).length} ${heading.toLowerCase()}`
  })
  return `${count(claims.length, 'claim')}: ${told.join(', ')}`
}
