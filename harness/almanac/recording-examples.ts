import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { RecordingExamples } from '../../reports/almanac-pages/almanac-data.ts'

const RECORDING_EXAMPLES = z.strictObject({
  rules: z.record(z.string(), z.strictObject({ exchanges: z.number().int().min(0), examples: z.array(z.string()) })),
})

/**
 * How many public recorded exchanges each rule decided, and some of them; nothing if nobody has counted yet.
 * @throws Error if the file is damaged.
 */
export function recordingExamples(file: string): RecordingExamples {
  if (!existsSync(file)) return {}
  return RECORDING_EXAMPLES.parse(JSON.parse(readFileSync(file, 'utf8'))).rules
}
