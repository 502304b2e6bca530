import { z } from 'zod'
import { EVIDENCE, LEVEL } from './results.ts'

/**
 * What a client library does when requests and answers get lost: how often it asks, with which ids, what its caller sees, and what
 * has become of the lease.
 */
export const RETRIES_FORMAT = 'leasecheck-retries'
export const RETRIES_VERSION = 1

const ID = z.string().describe('the name of a lease id: A and C are ours, B is of another, own was made by the library')

const TRY = z.strictObject({
  host: z.enum(['primary', 'secondary']),
  afterSeconds: z.number().describe('since the request before'),
  leaseId: ID.optional(),
  proposedLeaseId: ID.optional(),
  lost: z
    .enum(['request', 'answer', 'half'])
    .optional()
    .describe('the request before the server saw it, the answer, or the second half of the answer'),
  answered: z
    .strictObject({ status: z.int(), code: z.string().optional() })
    .optional()
    .describe('what the server answered, whether it was heard or not'),
})

const ENDING = z.discriminatedUnion('with', [
  z.strictObject({ with: z.literal('result') }),
  z.strictObject({
    with: z.literal('error'),
    error: z.string(),
    because: z.enum(['service', 'connection', 'client', 'accident']),
    status: z.int().optional(),
    code: z.string().optional(),
  }),
])

export const RETRY_EXPERIMENT = z.strictObject({
  kind: z.enum(['blob', 'container', 'share', 'file']),
  call: z.string().describe('in words of a replay token, e.g. "acquire,proposed=A,duration=-1"'),
  state: z.string().describe('of the lease before the call'),
  lost: z.enum(['request', 'answer', 'half']),
  everyTime: z.boolean().describe('whether every request lost it, and not the first one alone'),
  policy: z.enum(['none', 'default', 'to-secondary']),
  tries: z.array(TRY),
  ended: ENDING,
  remembered: z
    .strictObject({ before: ID.optional(), after: ID.optional() })
    .optional()
    .describe('the lease id that the lease client shows before and after the call'),
  after: z
    .strictObject({ state: z.string().optional(), duration: z.string().optional() })
    .describe('what a plain read says of the lease afterwards'),
  surprise: z
    .enum(['refused though done', 'unknown though done', 'done though unheard'])
    .optional()
    .describe('what the caller is told and what the server did do not go together'),
})

export const RETRY_DIVERGENCE = z.strictObject({
  rule: z.string(),
  field: z.string(),
  expected: z.string(),
  observed: z.string(),
  level: LEVEL,
  evidence: z.array(EVIDENCE),
  known: z.string().optional().describe('what the baseline says of it; absent: it is new'),
  seen: z.int().describe('in how many experiments'),
  example: z.string().describe('one of them, in words'),
  scenario: z.string().describe('the replay token of that one, whose last step is the call'),
})

const LOGGING = z.strictObject({
  calls: z.int(),
  characters: z.int().describe('how much was written to standard error'),
  secrets: z.array(z.string()).describe('which secrets were in it'),
})

export const RETRIES = z.strictObject({
  format: z.literal(RETRIES_FORMAT),
  version: z.literal(RETRIES_VERSION),
  leasecheck: z.string(),
  target: z.strictObject({ name: z.string(), version: z.string() }),
  driver: z.string(),
  client: z.string().describe('packages and their versions'),
  apiVersion: z.string(),
  leftOut: z.int().describe('experiments that the library has no call for'),
  experiments: z.array(RETRY_EXPERIMENT),
  divergences: z.array(RETRY_DIVERGENCE),
  logging: LOGGING.optional().describe('what the library logs when it logs everything; absent where nobody listened'),
})

export type Retries = z.infer<typeof RETRIES>
export type RetryExperiment = z.infer<typeof RETRY_EXPERIMENT>
export type RetryTry = z.infer<typeof TRY>
export type RetryDivergenceEntry = z.infer<typeof RETRY_DIVERGENCE>
export type LoggingReport = z.infer<typeof LOGGING>

/** As a file: one experiment a line, so that a change of one is a change of one line. */
export function renderRetries({ experiments, ...rest }: Retries): string {
  const head = JSON.stringify(rest, null, 2).slice(0, -2)
  return `${head},\n  "experiments": [\n${experiments.map((each) => `    ${JSON.stringify(each)}`).join(',\n')}\n  ]\n}\n`
}
