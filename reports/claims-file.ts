import { z } from 'zod'
import type { EvaluatedClaim } from '../model/claims/evaluated-claims.ts'
import { EVIDENCE, LEVEL } from './results.ts'

export const CLAIMS_FORMAT = 'leasecheck-claims'
export const CLAIMS_VERSION = 1

const VERDICT = z.enum(['true', 'false', 'open'])

/** A scenario, or a rule of client libraries, that a claim was checked with, for one kind of resource. */
const CLAIM_CHECK = z.object({
  verdict: VERDICT,
  level: LEVEL,
  predicted: z.string().describe('what the claim predicts; empty if it predicts nothing that can be asked'),
  permitted: z.array(z.string()).describe('what is permitted; several if more than one answer is'),
  scenario: z.string().optional().describe('replay token; the last step is the one that is predicted'),
  apiVersion: z.string().optional().describe('the version of the service; the newest if it is left out'),
})

/** What is known of a claim for one kind of resource. */
const CLAIM_KIND = z.object({
  kind: z.string(),
  verdict: VERDICT,
  openBecause: z.enum(['nobody knows', 'several answers are permitted', 'beyond the model']).optional(),
  level: LEVEL.describe('how sure the verdict is'),
  rules: z
    .array(z.object({ id: z.string(), fields: z.array(z.string()), level: LEVEL, evidence: z.array(EVIDENCE) }))
    .describe('the rules that decide; none if the claim is beyond the model'),
  checks: z.array(CLAIM_CHECK),
})

export const DOCUMENTED_CLAIM = z.object({
  id: z.string(),
  title: z.string().describe('the claim, in our words'),
  says: z.array(
    z.object({
      source: z.string(),
      title: z.string(),
      url: z.string(),
      where: z.string().optional().describe('where on the page'),
    }),
  ),
  verdict: z.enum(['false', 'only for some kinds', 'open', 'true']),
  really: z.string().describe('what really happens'),
  kinds: z.array(CLAIM_KIND),
})

/** What documents claim about leases, and whether it is so: `claims.json` of the almanac. */
export const CLAIMS_FILE = z.object({
  format: z.literal(CLAIMS_FORMAT),
  version: z.literal(CLAIMS_VERSION),
  claims: z.array(DOCUMENTED_CLAIM).describe('the most surprising first'),
})
export type ClaimsFile = z.infer<typeof CLAIMS_FILE>
export type PublishedClaim = z.infer<typeof DOCUMENTED_CLAIM>

/** The claims as `claims.json` holds them. */
export function claimsFile(claims: readonly EvaluatedClaim[]): ClaimsFile {
  return { format: CLAIMS_FORMAT, version: CLAIMS_VERSION, claims: claims.map(publishedClaim) }
}

/** A claim as it is published. */
export function publishedClaim({ id, title, says, verdict, really, kinds }: EvaluatedClaim): PublishedClaim {
  return {
    id,
    title,
    says: says.map((each) => ({ ...each })),
    verdict,
    really,
    kinds: kinds.map(({ rules, checks, ...rest }) => ({
      ...rest,
      rules: rules.map((rule) => ({ ...rule, fields: [...rule.fields], evidence: [...rule.evidence] })),
      checks: checks.map(({ verdict, level, predicted, permitted, token, version }) => ({
        verdict,
        level,
        predicted,
        permitted: [...permitted],
        ...(token === undefined ? {} : { scenario: token }),
        ...(version === undefined ? {} : { apiVersion: version }),
      })),
    })),
  }
}
