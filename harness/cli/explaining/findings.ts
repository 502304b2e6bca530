import type { DocumentedClaim } from '../../../model/claims/documented-claim.ts'
import type { EdgeCase } from '../../../properties/casebook/edge-cases/edge-case.ts'
import { claimsFor } from './claims.ts'
import { divergencesFor } from './divergences.ts'
import { edgeCasesFor } from './edge-cases.ts'
import { gapsFor, type OpenQuestion } from './gaps.ts'
import type { KnownDivergence } from './known-divergences.ts'
import type { Question, Section } from './question.ts'
import type { Hit } from './search.ts'
import { type Topic, topicsFor } from './topics.ts'

/** Everything that fits a question, in each section what fits best first. */
export interface Findings {
  readonly edgeCases: readonly Hit<EdgeCase>[]
  readonly rules: readonly Hit<Topic>[]
  readonly claims: readonly Hit<DocumentedClaim>[]
  readonly gaps: readonly Hit<OpenQuestion>[]
  readonly divergences: readonly Hit<KnownDivergence>[]
}

/** Looks a question up in everything that we know. */
export function findingsFor(question: Question): Findings {
  const within = <T>(section: Section, found: (question: Question) => readonly Hit<T>[]) =>
    question.section === undefined || question.section === section ? found(question) : []
  return {
    edgeCases: within('edgeCases', edgeCasesFor),
    rules: within('rules', topicsFor),
    claims: within('claims', claimsFor),
    gaps: within('gaps', gapsFor),
    divergences: within('divergences', divergencesFor),
  }
}

export function isEmpty(findings: Findings): boolean {
  return Object.values(findings).every((hits) => hits.length === 0)
}
