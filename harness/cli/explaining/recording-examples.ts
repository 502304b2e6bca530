import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { PACKAGE_FOLDER } from '../version.ts'

/** Counted with the almanac and kept there, since it tells the same; it is published on its own. */
export const RECORDINGS_FILE = join(PACKAGE_FOLDER, 'reports', 'almanac', 'recordings.json')

const RECORDING_EXAMPLES = z.strictObject({
  rules: z.record(z.string(), z.strictObject({ exchanges: z.number().int().min(0), examples: z.array(z.string()) })),
})

/** By rule: how many public recorded exchanges it decided, and where some of them are found. */
export type RecordingExamples = Readonly<z.infer<typeof RECORDING_EXAMPLES>['rules']>

/**
 * How many public recorded exchanges each rule decided, and some of them; nothing if nobody has counted yet.
 * @throws Error if the file is damaged.
 */
export function recordingExamples(file: string): RecordingExamples {
  if (!existsSync(file)) return {}
  return RECORDING_EXAMPLES.parse(JSON.parse(readFileSync(file, 'utf8'))).rules
}
