import type { DocumentedClaim } from '../../../model/claims/documented-claim.ts'
import { CLAIMS } from '../../../model/claims/documented-claims.ts'
import { type EvaluatedClaim, evaluateClaim, OVERALL_VERDICTS } from '../../../model/claims/evaluated-claims.ts'
import { KINDS } from '../../../model/resource.ts'
import { SOURCES } from '../../../model/rules/sources.ts'
import { modelRules } from '../../../properties/casebook/casebook.ts'
import { paragraph } from '../../../reports/terminal/layout.ts'
import { commandLines, showing } from './commands.ts'
import type { Question } from './question.ts'
import { type Entry, entryOf, type Hit, search } from './search.ts'

const MARGIN = 12

/** What documents claim about the subject of a question, what fits best first. */
export function claimsFor(question: Question): readonly Hit<DocumentedClaim>[] {
  return search(claimEntries(), question)
}

export function claimEntries(): readonly Entry<DocumentedClaim>[] {
  return CLAIMS.map((claim) => {
    const { id, title, says, checks, really } = claim
    const nouns = new Set(checks.flatMap(({ kinds }) => kinds.map((kind) => KINDS[kind].noun)))
    const places = says.flatMap(({ source, where = '' }) => [SOURCES[source].title, where])
    const steps = checks.flatMap((check) => (check.ask === 'the server' ? [check.steps] : []))
    return entryOf(claim, {
      id,
      title: [id.replaceAll('-', ' '), title, ...nouns].join(' '),
      text: [really, ...places, ...steps].join(' '),
    })
  })
}

/** What the model says of a claim. */
export function judged(claim: DocumentedClaim): EvaluatedClaim {
  return evaluateClaim(modelRules(), claim)
}

/** Claims from the most surprising on: what is false, true of some kinds only, open, true. */
export function bySurprise(claims: readonly EvaluatedClaim[]): readonly EvaluatedClaim[] {
  return OVERALL_VERDICTS.flatMap((verdict) => claims.filter((each) => each.verdict === verdict))
}

/** How many claims have which verdict: `12 false, 3 true`. */
export function verdictCounts(claims: readonly EvaluatedClaim[]): string {
  const counts = OVERALL_VERDICTS.map((verdict) => [verdict, claims.filter((each) => each.verdict === verdict).length])
  return counts.flatMap(([verdict, number]) => (number === 0 ? [] : [`${number} ${verdict}`])).join(', ')
}

/** A claim, who makes it, and whether it is so, by kind and by rule. */
export function claimLines({ id, title, says, verdict, kinds, really }: EvaluatedClaim): readonly string[] {
  const sayers = [...new Set(says.map((each) => `${each.title}${each.where === undefined ? '' : `, ${each.where}`}`))]
  const token = kinds.flatMap(({ checks }) => checks).find((check) => check.verdict !== 'true')
  const shown = token ?? kinds.flatMap(({ checks }) => checks).find((check) => check.token !== undefined)
  return [
    id,
    ...told('claim', title),
    ...sayers.flatMap((text, at) => told(at === 0 ? 'says' : '', text)),
    ...told('verdict', verdict),
    ...kinds.flatMap((each) => {
      const rules = each.rules.map((rule) => rule.id).join(', ')
      return told('', `${KINDS[each.kind].noun}: ${each.verdict} (${each.level})${rules === '' ? '' : `, by ${rules}`}`)
    }),
    ...told('really', really),
    ...(shown?.token === undefined ? [] : commandLines(showing(shown.token, shown.version), MARGIN, '  shown by')),
  ]
}

function told(name: string, text: string): readonly string[] {
  return paragraph(text, MARGIN, `  ${name}`)
}
