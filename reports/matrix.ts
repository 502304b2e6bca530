import { z } from 'zod'
import { complaint } from './complaint.ts'
import { LEVEL, SIGNATURE } from './results.ts'

export const MATRIX_FORMAT = 'leasecheck-matrix'
export const MATRIX_VERSION = 1

const COUNT = z.int().nonnegative()
const REACHED = z.strictObject({ reachable: COUNT, reached: COUNT })

/** A divergence that a pair showed. */
export const MATRIX_DIVERGENCE = SIGNATURE.extend({
  state: z.enum(['new', 'warning', 'known']).describe('warning: new, and it does not fail the run'),
  of: z.enum(['client', 'server']).describe('who is taken to be wrong'),
  expected: z.string(),
  level: LEVEL,
  count: COUNT.describe('how often it was seen'),
  sentence: z.string().describe('what is wrong, for readers'),
  replay: z.string().describe('the command that shows it'),
  kind: z.string().describe('what its scenario ends with: the kind of resource'),
  operation: z.string().describe('and the lease operation, or the class of use'),
}).strict()

/** What became of the cells of one operation on one kind. */
export const MATRIX_TOPIC = z.strictObject({
  kind: z.string(),
  operation: z.string().describe('a lease operation, or a class of uses such as write'),
  agreed: COUNT,
  new: COUNT.describe('cells with a divergence that is not in the baseline'),
  known: COUNT.describe('cells with known divergences only'),
  masked: COUNT.describe('cells that can be reached only through a divergence'),
  notImplemented: COUNT,
  notExpressible: COUNT.describe('cells that the client has no call for'),
  notReached: COUNT,
  divergences: z
    .array(COUNT)
    .describe('indices into the divergences of the pair: those seen here, and those in the way'),
})

/** One client on one server. */
export const MATRIX_PAIR = z.strictObject({
  target: z.string().describe('as it was asked for'),
  driver: z.string().describe('as it was asked for'),
  folder: z.string().describe('of its reports, relative to this file'),
  verdict: z
    .enum(['nothing new', 'something new', 'could not run', 'left out', 'not run'])
    .describe('left out: the target has none of the kinds; not run: the matrix was interrupted before'),
  reason: z.string().optional().describe('why it did not run, or did not come to its end'),
  exitStatus: z.int().nullable().describe('of leasecheck run; null if it was not started, or a signal ended it'),
  durationMs: z.number().nonnegative(),
  shown: z
    .strictObject({
      target: z.string().describe('its name and version'),
      client: z.string().optional().describe('the client library with its version'),
      apiVersion: z.string(),
      baseline: z.string().nullable(),
      kinds: z.array(z.string()),
      complete: z.boolean(),
      cells: REACHED,
      rules: REACHED,
      notExpressible: COUNT.describe('cells that were left out because the client has no call for them'),
      gone: COUNT.describe('entries of the baseline that agree now'),
      divergences: z.array(MATRIX_DIVERGENCE),
      topics: z.array(MATRIX_TOPIC),
    })
    .optional()
    .describe('what its results show, if it left any'),
})

/** What every client does on every server: the pairs of a matrix, target by target. */
export const MATRIX = z.strictObject({
  format: z.literal(MATRIX_FORMAT),
  version: z.literal(MATRIX_VERSION),
  leasecheck: z.string().describe('version of leasecheck'),
  startedAt: z.string().describe('ISO 8601'),
  durationMs: z.number().nonnegative(),
  exitStatus: z.int(),
  targets: z.array(z.string()),
  drivers: z.array(z.string()),
  pairs: z.array(MATRIX_PAIR),
})

export type MatrixDivergence = z.infer<typeof MATRIX_DIVERGENCE>
export type MatrixTopic = z.infer<typeof MATRIX_TOPIC>
export type MatrixPair = z.infer<typeof MATRIX_PAIR>
export type MatrixShown = NonNullable<MatrixPair['shown']>
export type Matrix = z.infer<typeof MATRIX>

/** Reads a matrix; an error is one sentence that names the file and the place. */
export function parseMatrix(text: string, name: string): { readonly matrix: Matrix } | { readonly error: string } {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return { error: `${name} is not JSON (${(error as SyntaxError).message}); make it anew with leasecheck matrix` }
  }
  const read = MATRIX.safeParse(data)
  return read.success ? { matrix: read.data } : { error: `${name}: ${complaint(read.error, data)}` }
}
