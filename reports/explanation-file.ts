import { z } from 'zod'
import { DOCUMENTED_CLAIM } from './claims-file.ts'
import { GAP_ENTRY } from './proposals.ts'
import { EVIDENCE, LEVEL, SIGNATURE } from './results.ts'

export const EXPLANATION_FORMAT = 'leasecheck-explanation'
export const EXPLANATION_VERSION = 1

const SCENARIO = z.string().describe('replay token; the last step is the one that is told about')

const KNOWN_DIVERGENCE = SIGNATURE.extend({
  target: z.string().describe('with its version, and the driver where it is not plain HTTP'),
  sentence: z.string(),
  evidence: z.string().optional().describe('why it is the target that is taken to be wrong'),
  scenario: SCENARIO,
  replay: z.string().describe('the command that shows it'),
})

const CLAIM = z.object({ values: z.array(z.unknown()), level: LEVEL, evidence: z.array(EVIDENCE) })

const OUTCOME = z.object({
  status: CLAIM,
  code: CLAIM.describe('none on success'),
  headers: z.array(CLAIM.extend({ header: z.string(), from: z.string().optional(), before: z.string().optional() })),
  next: CLAIM.describe('what becomes of the resource'),
  clock: CLAIM.describe('what becomes of the deadline'),
})

const ABOUT = { id: z.string(), targets: z.array(KNOWN_DIVERGENCE).describe('who is known to differ') }

/** A rule of the server's or of client libraries, a property, an operation: whatever a divergence can name. */
const EXPLAINED_RULE = z.discriminatedUnion('about', [
  z.object({
    ...ABOUT,
    about: z.literal('server'),
    kind: z.string(),
    classes: z.array(z.string()),
    layer: z.string(),
    when: z.record(z.string(), z.array(z.string())),
    expect: z.array(OUTCOME).describe('what may be answered; none: the layer has no objection'),
    also: z.enum(['later refusals', 'whatever follows']).optional(),
    recordings: z
      .object({ exchanges: z.number().int(), examples: z.array(z.string()) })
      .optional()
      .describe('exchanges of public recordings that it decided'),
    scenario: SCENARIO.optional().describe('the shortest that the rule decides'),
    apiVersion: z.string().optional().describe('the version that the scenario asks'),
  }),
  z.object({
    ...ABOUT,
    about: z.literal('client'),
    kind: z.string(),
    of: z.string(),
    moment: z.string(),
    field: z.string(),
    expect: CLAIM,
  }),
  z.object({
    ...ABOUT,
    about: z.literal('retries'),
    policy: z.string(),
    of: z.string(),
    field: z.string(),
    expect: CLAIM,
  }),
  z.object({ ...ABOUT, about: z.literal('property'), sentence: z.string(), evidence: z.array(EVIDENCE) }),
  z.looseObject({ ...ABOUT, about: z.literal('operation'), kind: z.string(), class: z.string(), title: z.string() }),
])

const ANSWERED = z.object({
  kind: z.string(),
  answers: z.string().describe('everything that is permitted, the likeliest first'),
  level: LEVEL,
  headers: z.record(z.string(), z.string()).describe('of the likeliest answer; lease ids by their names'),
  after: z.string().describe('the lease afterwards'),
  rule: z.string().describe('the rule that decides'),
})

const EXPLAINED_EDGE_CASE = z.object({
  id: z.string(),
  question: z.string(),
  answer: z.string(),
  scenes: z.array(ANSWERED.extend({ what: z.string(), scenario: SCENARIO })),
})

const EXPLAINED_GAP = GAP_ENTRY.partial({
  cell: true,
  scenario: true,
  step: true,
  hostile: true,
  virtualTimeOnly: true,
})

/** What `leasecheck explain --json` writes: everything that fits the question, in each list what fits best first. */
export const EXPLANATION = z.object({
  format: z.literal(EXPLANATION_FORMAT),
  version: z.literal(EXPLANATION_VERSION),
  question: z.string(),
  edgeCases: z.array(EXPLAINED_EDGE_CASE),
  rules: z.array(EXPLAINED_RULE),
  claims: z.array(DOCUMENTED_CLAIM),
  gaps: z.array(EXPLAINED_GAP),
  divergences: z.array(KNOWN_DIVERGENCE),
  steps: z
    .array(z.object({ step: z.string(), answered: ANSWERED.optional().describe('not there if it is a wait') }))
    .optional()
    .describe('of the scenario, if the question is a replay token'),
})
export type Explanation = z.infer<typeof EXPLANATION>
