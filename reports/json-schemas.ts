import { z } from 'zod'
import { BASELINE } from './baseline.ts'
import { RESULT_EVENT } from './results.ts'

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
}

/** As a writer must produce it: later versions may add fields to events, so unknown ones are allowed there. */
function text(schema: z.ZodType, title: string, description: string): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return `${JSON.stringify({ $schema, title, description, ...rest }, null, 2)}\n`
}
