import { z } from 'zod'
import { BASELINE } from './baseline.ts'
import { CELL_RESULTS } from './cell-results.ts'
import { CLAIMS_FILE } from './claims-file.ts'
import { DRIVER_MESSAGE } from './driver-protocol.ts'
import { EXPLANATION } from './explanation-file.ts'
import { MATRIX } from './matrix.ts'
import { GAP_LIST, PROPOSALS } from './proposals.ts'
import { RESULT_EVENT } from './results.ts'
import { RETRIES } from './retries.ts'
import { VERIFICATION } from './verification/document.ts'
import { RECORDINGS_BASELINE } from './verification/recordings-baseline.ts'
import { VERIFICATION_EVENT } from './verification/verification.ts'

/**
 * The JSON Schemas of the file formats, by file name. They are generated from the zod schemas and committed, so that other
 * languages can read them; a test keeps the two in step.
 */
export const JSON_SCHEMAS: Readonly<Record<string, string>> = {
  'results.schema.json': text(
    RESULT_EVENT,
    'leasecheck results',
    'One line of a results file; a file is a header, any events, and a footer.',
  ),
  'baseline.schema.json': text(BASELINE, 'leasecheck baseline', 'The known divergences of one version of a target.'),
  'claims.schema.json': text(
    CLAIMS_FILE,
    'leasecheck claims',
    'What documents claim about leases, and whether it is so.',
  ),
  'explanation.schema.json': text(
    EXPLANATION,
    'leasecheck explanation',
    'What `leasecheck explain --json` writes: everything that is known about a question.',
  ),
  'cells.schema.json': text(
    CELL_RESULTS,
    'leasecheck cells',
    'What one version of a target does in every cell, as one run has seen it.',
  ),
  'matrix.schema.json': text(
    MATRIX,
    'leasecheck matrix',
    'What every client did on every server, as `leasecheck matrix` ran them.',
  ),
  'verification-events.schema.json': text(
    VERIFICATION_EVENT,
    'leasecheck verification events',
    'One line of verification.ndjson; a file is a header, any events, and a footer.',
  ),
  'verification.schema.json': text(VERIFICATION, 'leasecheck verification', 'What judging recordings found.'),
  'recordings-baseline.schema.json': text(
    RECORDINGS_BASELINE,
    'leasecheck recordings baseline',
    'The divergences that some recordings are known to have.',
  ),
  'proposals.schema.json': text(
    PROPOSALS,
    'leasecheck proposals',
    'What a target answered where nobody knows what is right; evidence, if the target is the real service.',
  ),
  'driver-protocol.schema.json': text(
    DRIVER_MESSAGE,
    'leasecheck driver protocol',
    'One line that leasecheck writes to a driver, or that a driver answers with.',
  ),
  'retries.schema.json': text(
    RETRIES,
    'leasecheck retries',
    'What a client library does when requests and answers get lost.',
  ),
  'gaps.schema.json': text(
    GAP_LIST,
    'leasecheck gaps',
    'What nobody knows, each with the scenario that would settle it.',
  ),
}

/** As a writer must produce it: later versions may add fields to events, so unknown ones are allowed there. */
function text(schema: z.ZodType, title: string, description: string): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return `${JSON.stringify({ $schema, title, description, ...rest }, null, 2)}\n`
}
