import { z } from 'zod'
import { EVIDENCE, LEVEL } from './results.ts'

/**
 * What a run that asked for nothing but the gaps brings home: per gap what the target answered, dated and with the id that the
 * service gave the request, so that it can be looked up and contributed as evidence.
 */
export const PROPOSALS_FORMAT = 'leasecheck-proposals'
export const PROPOSALS_VERSION = 1

const ANSWER = z.strictObject({
  status: z.number().int(),
  code: z.string().optional().describe('the error code'),
  headers: z.record(z.string(), z.string()).describe('those that have to do with leases, with ETag and Last-Modified'),
  requestId: z.string().optional().describe('x-ms-request-id, the id that the service gave the request'),
  answeredAt: z.string().describe('ISO 8601; on virtual time when the run was started'),
})

const FIELD = z.strictObject({
  field: z
    .string()
    .describe(
      'status, code, a header; check: whether it is made, or told first; next, clock: what became of the lease',
    ),
  level: LEVEL,
  plausible: z.array(z.string()).describe('what we held possible, the likeliest first'),
  observed: z.string(),
  result: z
    .enum(['confirmed', 'chosen', 'contradicted', 'not shown'])
    .describe('what was deduced, one of several plausible values, something else, or not to be seen in the answer'),
})

export const PROPOSAL = z.strictObject({
  gap: z.string(),
  rule: z.string(),
  kind: z.string(),
  about: z.enum(['answer', 'precedence', 'aftermath']),
  cell: z.string().describe('the situation and the request, in words'),
  scenario: z.string().describe('replay token of the shortest scenario for this gap'),
  played: z.string().describe('replay token of the scenario that was played; it may settle several gaps'),
  step: z.number().int().describe('the place of the request among its steps, from 0'),
  request: z.string().describe('the request, e.g. "renew,id=A"'),
  answer: ANSWER,
  readBack: z.array(ANSWER).describe('what the requests after it were answered, which read the lease back'),
  fields: z.array(FIELD),
  seen: z.number().int().describe('how often it was answered so'),
})

export const PROPOSALS = z.strictObject({
  format: z.literal(PROPOSALS_FORMAT),
  version: z.literal(PROPOSALS_VERSION),
  leasecheck: z.string().describe('version of leasecheck'),
  target: z.strictObject({
    name: z.string(),
    version: z.string(),
    where: z.string().optional().describe('the host, without the name of the account'),
  }),
  driver: z.string(),
  apiVersion: z.string().describe('x-ms-version'),
  clock: z.enum(['virtual', 'wall']),
  startedAt: z.string().describe('ISO 8601'),
  isEvidence: z.boolean().describe('whether the real service answered: no emulator is evidence'),
  standing: z.string().describe('the same in words'),
  proposals: z.array(PROPOSAL),
  unanswered: z
    .array(z.strictObject({ gap: z.string(), rule: z.string(), kind: z.string(), reason: z.string() }))
    .describe('gaps that stay as they were, each with the reason'),
})

/** A gap as it is published. */
export const GAP_ENTRY = z.strictObject({
  gap: z.string(),
  rule: z.string(),
  kind: z.string(),
  about: z.enum(['answer', 'precedence', 'aftermath']),
  layer: z.enum(['syntax', 'existence', 'condition', 'lease', 'transition']),
  cell: z.string(),
  operations: z.array(z.string()).describe('what the rule is about: lease actions, or classes of uses'),
  doubts: z.array(
    z.strictObject({ field: z.string(), level: LEVEL, plausible: z.array(z.string()), evidence: z.array(EVIDENCE) }),
  ),
  apiVersion: z.string(),
  scenario: z.string().describe('replay token of the shortest scenario that settles it'),
  step: z.number().int(),
  hostile: z.boolean().describe('whether it is sent to a foreign server only with --hostile'),
  virtualTimeOnly: z
    .boolean()
    .describe('whether the request has to come at an exact instant, so that the real service cannot be asked'),
})

export const GAP_LIST = z.strictObject({
  format: z.literal('leasecheck-gaps'),
  version: z.literal(1),
  gaps: z.array(GAP_ENTRY),
  unanswerable: z.array(z.strictObject({ rules: z.array(z.string()), question: z.string(), reason: z.string() })),
})

export type Proposals = z.infer<typeof PROPOSALS>
export type Proposal = z.infer<typeof PROPOSAL>
export type ProposedAnswer = z.infer<typeof ANSWER>
export type GapEntry = z.infer<typeof GAP_ENTRY>
export type GapList = z.infer<typeof GAP_LIST>
