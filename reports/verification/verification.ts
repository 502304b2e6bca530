import { z } from 'zod'
import { EVIDENCE, LEVEL, SIGNATURE } from '../results.ts'

/**
 * The stream of events that judging recordings writes, one JSON object a line (`verification.ndjson`), and the only source of
 * every report about it. It begins with a header and ends with a footer; without the footer it is incomplete.
 */
export const VERIFICATION_FORMAT = 'leasecheck-verification'
export const VERIFICATION_VERSION = 1

export const VERIFICATION_HEADER = z.object({
  event: z.literal('header'),
  format: z.literal(VERIFICATION_FORMAT),
  version: z.literal(VERIFICATION_VERSION),
  leasecheck: z.string().describe('version of leasecheck'),
  paths: z.array(z.string()).describe('files and folders as they were named'),
  strict: z.boolean(),
  baseline: z.string().nullable().describe('the baseline file, or null'),
  startedAt: z.string().describe('ISO 8601'),
})

/** Where an exchange stands, so that somebody can open the file and find it. */
export const PLACE = z.object({
  file: z.string(),
  recording: z.string().optional().describe('what the recording is called, if the file holds several'),
  place: z
    .string()
    .describe('the number of the entry from 0, of a part of a batch with the number of the part, as in 7.2'),
})

export const SEEN_AT = PLACE.extend({
  request: z.string().describe('method, path and query without signatures, and the lease action'),
})

/** How many exchanges, by what the judge says of them. */
export const TALLY = z.object({
  exchanges: z.number().int(),
  explained: z.number().int(),
  unexplained: z.number().int().describe('with a divergence that the baseline does not list'),
  known: z.number().int().describe('with divergences that the baseline lists, and no other'),
  notJudgeable: z.number().int().describe('without those of hierarchical namespaces'),
  hierarchical: z.number().int().describe('of accounts with a hierarchical namespace, which are not judged'),
  beside: z.number().int().describe('requests that have nothing to do with leases'),
})

/** A file was read, and all its recordings were judged. */
export const FILE = z.object({
  event: z.literal('file'),
  file: z.string(),
  formats: z.array(z.string()),
  recordings: z.number().int(),
  all: TALLY,
})

/** A file or folder could not be read, or is no recording. */
export const UNREADABLE = z.object({
  event: z.literal('unreadable'),
  file: z.string(),
  sentence: z.string().describe('the file, what is wrong with it, and what to do'),
})

/** An exchange that is not simply explained. */
export const EXCHANGE = z.object({
  event: z.literal('exchange'),
  ...SEEN_AT.shape,
  result: z.enum(['unexplained', 'known', 'not judgeable']),
  leaseOperation: z.boolean(),
  divergences: z.array(SIGNATURE.extend({ expected: z.string(), level: LEVEL })),
  why: z.string().optional().describe('why it cannot be judged'),
})

/** Every divergence with the same rule, field and observed value. */
export const RECORDED_DIVERGENCE = z.object({
  event: z.literal('divergence'),
  ...SIGNATURE.shape,
  state: z.enum(['new', 'known']),
  expected: z.string().describe('of the first one'),
  level: LEVEL.describe('the surest one'),
  fails: z.boolean().describe('whether it alone makes the command fail'),
  count: z.number().int().describe('in how many exchanges'),
  evidence: z.array(EVIDENCE),
  examples: z.array(SEEN_AT).describe('the first ones'),
  seenIn: z.array(PLACE).describe('the first place in each file, for the baseline'),
  sentence: z.string().optional().describe('what the baseline says of it'),
  issue: z.string().optional(),
})

/** What became of an entry of the baseline that was not met. */
export const UNMET_ENTRY = z.object({
  event: z.literal('baseline-entry'),
  ...SIGNATURE.shape,
  state: z.enum(['gone', 'not checked']),
  reason: z.string(),
  sentence: z.string(),
})

/** What recordings say of a rule: how many exchanges had no other explanation. */
export const RULE_SEEN = z.object({
  event: z.literal('rule'),
  rule: z.string(),
  exchanges: z.number().int().describe('that only this rule explains'),
  recordings: z.number().int().describe('in which they stand'),
  standingFor: z.number().int().describe('the same, where files say how many recordings were alike'),
  amongOthers: z.number().int().describe('exchanges that other rules may explain as well'),
  answers: z.array(z.object({ answer: z.string().describe('status and code'), exchanges: z.number().int() })),
  examples: z.array(SEEN_AT),
})

export const VERIFICATION_FOOTER = z.object({
  event: z.literal('footer'),
  complete: z.boolean().describe('false if it was interrupted'),
  reason: z.string().optional().describe('why it is not complete'),
  files: z.object({
    judged: z.number().int(),
    unreadable: z.number().int(),
    passedOver: z.number().int().describe('files in folders that are something else'),
    left: z.number().int().describe('files that were not looked at, since it was interrupted'),
  }),
  recordings: z.number().int(),
  standingFor: z.number().int().describe('recordings, where files say how many were alike'),
  all: TALLY,
  leaseOperations: TALLY.describe('requests with comp=lease'),
  formats: z.array(z.object({ format: z.string(), recordings: z.number().int(), all: TALLY, leaseOperations: TALLY })),
  notJudgeable: z.array(
    z.object({
      reason: z.string(),
      sentence: z.string(),
      exchanges: z.number().int(),
      leaseOperations: z.number().int(),
      examples: z.array(SEEN_AT),
    }),
  ),
  judged: z.object({ settled: z.number(), documented: z.number(), inferred: z.number(), open: z.number() }),
  divergences: z.object({ new: z.number().int(), known: z.number().int(), failing: z.number().int() }),
  entries: z.object({ gone: z.number().int(), notChecked: z.number().int() }),
  exitStatus: z.number().int(),
  durationMs: z.number(),
})

export const VERIFICATION_EVENT = z.discriminatedUnion('event', [
  VERIFICATION_HEADER,
  FILE,
  UNREADABLE,
  EXCHANGE,
  RECORDED_DIVERGENCE,
  UNMET_ENTRY,
  RULE_SEEN,
  VERIFICATION_FOOTER,
])

export type VerificationHeader = z.infer<typeof VERIFICATION_HEADER>
export type Place = z.infer<typeof PLACE>
export type SeenAt = z.infer<typeof SEEN_AT>
export type Tally = z.infer<typeof TALLY>
export type FileEvent = z.infer<typeof FILE>
export type UnreadableEvent = z.infer<typeof UNREADABLE>
export type ExchangeEvent = z.infer<typeof EXCHANGE>
export type RecordedDivergence = z.infer<typeof RECORDED_DIVERGENCE>
export type UnmetEntry = z.infer<typeof UNMET_ENTRY>
export type RuleSeen = z.infer<typeof RULE_SEEN>
export type VerificationFooter = z.infer<typeof VERIFICATION_FOOTER>
export type VerificationEvent = z.infer<typeof VERIFICATION_EVENT>
