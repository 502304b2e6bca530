import { z } from 'zod'

/**
 * The stream of events that a run writes, one JSON object a line (`results.ndjson`), and the only source of every report.
 * It begins with a header and ends with a footer; without the footer it is incomplete.
 */
export const RESULTS_FORMAT = 'leasecheck-results'
export const RESULTS_VERSION = 1

export const LEVEL = z.enum(['settled', 'documented', 'inferred', 'open'])

export const EVIDENCE = z.object({
  source: z.string(),
  kind: z.enum(['doc', 'recording', 'sdk-test', 'live-trace', 'inferred']),
  count: z.number().int().optional(),
  note: z.string().optional(),
  inPart: z.literal(true).optional().describe('it is of a part of what the rule speaks of only, so it settles nothing'),
})

/** A divergence's signature: the same defect has the same one in every run. */
export const SIGNATURE = z.object({
  rule: z.string(),
  field: z.string(),
  observed: z.string(),
})

/** What is planned to be done. */
export const PLANNED = z.object({
  scenarios: z.number().int(),
  requests: z.number().int().describe('planned requests, set-up included'),
  readBacks: z.number().int().describe('planned requests that only read the lease'),
})

/** Which part of a run this is, and what all its parts have to have in common. */
export const SHARD = z.object({
  number: z.number().int().min(1).describe('counted from 1'),
  of: z.number().int().min(1),
  whole: PLANNED.describe('what all shards together do'),
  random: z.number().int().describe('random scenarios of all shards together'),
  budgetMs: z.number().optional(),
  thorough: z.boolean(),
  hostile: z.boolean().describe('whether hostile requests are sent'),
  failOnGone: z.boolean(),
  planDigest: z.string().describe('of the rules and of what all shards together do'),
  baselineDigest: z.string().nullable().describe('of the entries of the baseline; null without one'),
})

export const HEADER = z.object({
  event: z.literal('header'),
  format: z.literal(RESULTS_FORMAT),
  version: z.literal(RESULTS_VERSION),
  leasecheck: z.string().describe('version of leasecheck'),
  target: z.object({ name: z.string(), version: z.string(), url: z.string().optional() }),
  credential: z.string().optional().describe('how requests are authorized, where that is not by the account key'),
  driver: z.string(),
  client: z.string().optional().describe('the client library that sends, with its version'),
  apiVersion: z.string(),
  clock: z.enum(['virtual', 'wall']),
  seed: z.number().int(),
  kinds: z.array(z.string()),
  only: z.array(z.string()).describe('words that scenarios were filtered by'),
  strict: z.boolean(),
  baseline: z.string().nullable().describe('the baseline file, or null'),
  repeat: z
    .array(z.string())
    .optional()
    .describe(
      'what follows "leasecheck replay TOKEN" to repeat on this target in this way, e.g. ["http://...", "--driver", "js"]',
    ),
  startedAt: z.string().describe('ISO 8601'),
  shard: SHARD.optional().describe('of a part of a run: its results are joined with those of the others by merge'),
  shards: z.number().int().optional().describe('of joined results: how many shards they were made of'),
  plan: PLANNED.extend({
    notExpressible: z
      .number()
      .int()
      .optional()
      .describe('cells that are left out because the driver cannot express them'),
    notPermitted: z
      .number()
      .int()
      .optional()
      .describe('cells that are left out because the credential does not permit them'),
  }),
})

/** Where a scenario comes from. */
export const ORIGIN = z.enum(['probe', 'baseline', 'tour', 'random', 'twins', 'hostile'])

/** One scenario was run and judged. */
export const VERDICT = z.object({
  event: z.literal('verdict'),
  scenario: z.string().describe('replay token'),
  origin: ORIGIN,
  end: z.enum(['complete', 'ended']).describe('ended: a divergence left the state of the server unknown'),
  requests: z.number().int(),
  divergences: z.array(SIGNATURE.extend({ step: z.number().int(), expected: z.string(), level: LEVEL })),
  durationMs: z.number(),
})

/** One step of a scenario, told for people. */
export const STORY_STEP = z.object({
  step: z.string().describe('what was asked, e.g. "acquire id=A duration=15"'),
  atMs: z.number().describe('milliseconds after the first request, by the clock of the run'),
  answer: z.string().describe('what came back, e.g. "201, x-ms-lease-id A"; empty for a wait'),
  diverged: z.boolean(),
})

/** A bucket: every divergence with the same signature, shown by its shortest scenario. */
export const BUCKET = z.object({
  event: z.literal('bucket'),
  ...SIGNATURE.shape,
  state: z.enum(['new', 'known']),
  expected: z.string(),
  level: LEVEL,
  fails: z.boolean().describe('whether this bucket alone makes the run fail'),
  count: z.number().int().describe('how often it was seen'),
  scenario: z.string().describe('replay token of the shortest scenario'),
  twin: z
    .string()
    .optional()
    .describe(
      'of a property that compares two plays: replay token of the scenario that should have been answered alike',
    ),
  operations: z.number().int(),
  waits: z.number().int(),
  story: z.array(STORY_STEP),
  evidence: z.array(EVIDENCE),
  sentence: z.string().optional().describe('what the baseline says of it'),
  issue: z.string().optional(),
})

/** What became of an entry of the baseline that is not a known bucket of this run. */
export const BASELINE_ENTRY = z.object({
  event: z.literal('baseline-entry'),
  ...SIGNATURE.shape,
  state: z
    .enum(['gone', 'agreed here', 'not checked'])
    .describe(
      'agreed here: its scenario agrees in this shard; whether the divergence is gone can be told by merge alone',
    ),
  reason: z.string().describe('e.g. "its scenario agrees now", "kind container was not selected"'),
  scenario: z.string(),
  sentence: z.string(),
})

/** What the target did where nobody knows what is right. */
export const FINDING = z.object({
  event: z.literal('finding'),
  ...SIGNATURE.shape,
  count: z.number().int(),
})

export const FOOTER = z.object({
  event: z.literal('footer'),
  complete: z.boolean().describe('false if the run was interrupted or the target died'),
  reason: z.string().optional().describe('why it is not complete'),
  scenarios: z.number().int(),
  origins: z.array(
    z.object({
      origin: ORIGIN,
      scenarios: z.number().int(),
      diverged: z.number().int().describe('how many of them showed a divergence'),
      durationMs: z.number().describe('of all of them, one after the other'),
    }),
  ),
  steps: z.number().int(),
  requests: z.number().int(),
  readBacks: z.number().int(),
  interference: z
    .object({
      busy: z.number().int().describe('answers that said "not now" (429, 503); what was asked was asked again'),
      unanswered: z.number().int().describe('requests that were sent and never answered'),
    })
    .optional()
    .describe('how often a server that is not ours did not simply answer; none of it is a divergence'),
  crossings: z.number().int().describe('answers that depended on a deadline having passed'),
  rules: z.object({
    reachable: z.number().int(),
    reached: z.number().int(),
    masked: z.array(z.string()).describe('empty in a shard, as all lists of what was not reached'),
    unreached: z.array(z.string()),
    met: z.array(z.string()).optional().describe('of a shard: every rule that it met'),
  }),
  cells: z.object({
    reachable: z.number().int(),
    reached: z.number().int().describe('of a shard: by it, so that the numbers of shards overlap'),
    masked: z.array(z.object({ cell: z.string(), by: z.string() })),
    unreached: z.array(z.string()),
    byTheWay: z
      .array(z.string())
      .optional()
      .describe('of a shard: cells that it met although they could not be asked for, so that they are not reachable'),
  }),
  operations: z.object({ known: z.array(z.string()), exercised: z.array(z.string()) }),
  notImplemented: z
    .array(
      z.object({
        rule: z.string(),
        observed: z.string().describe('what came where the operation had to succeed'),
        cells: z.number().int().describe('how many cells could not be checked for it'),
      }),
    )
    .optional()
    .describe('operations that were asked for before the run and that the target does not know'),
  leftOut: z
    .array(SIGNATURE.extend({ operation: z.string() }))
    .optional()
    .describe('of a shard: operations that were left out, each by its rule, and the divergence that is the reason'),
  judged: z.object({ settled: z.number(), documented: z.number(), inferred: z.number(), open: z.number() }),
  buckets: z.object({ new: z.number(), known: z.number(), failing: z.number() }),
  entries: z.object({ gone: z.number(), notChecked: z.number() }),
  exitStatus: z.number().int(),
  durationMs: z.number().describe('of joined results: that of the shard that took longest'),
})

export const RESULT_EVENT = z.discriminatedUnion('event', [HEADER, VERDICT, BUCKET, BASELINE_ENTRY, FINDING, FOOTER])

export type Header = z.infer<typeof HEADER>
export type ShardOfRun = z.infer<typeof SHARD>
export type Planned = z.infer<typeof PLANNED>
export type ScenarioVerdict = z.infer<typeof VERDICT>
export type StoryStep = z.infer<typeof STORY_STEP>
export type Bucket = z.infer<typeof BUCKET>
export type BaselineEntryEvent = z.infer<typeof BASELINE_ENTRY>
export type FindingEvent = z.infer<typeof FINDING>
export type Footer = z.infer<typeof FOOTER>
export type ResultEvent = z.infer<typeof RESULT_EVENT>
export type Signature = z.infer<typeof SIGNATURE>
