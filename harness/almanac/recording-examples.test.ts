import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RULES } from '../../model/rules/index.ts'
import { recordingExamples } from '../cli/explaining/recording-examples.ts'

const COUNTED = recordingExamples(join(import.meta.dirname, '../../reports/almanac/recordings.json'))

describe('what public recordings were counted to show is evidence', () => {
  test.each(Object.entries(COUNTED))('%s', (id, { exchanges, examples }) => {
    const rule = RULES.find((each) => each.id === id)
    expect(rule, 'the rule that it was counted for').toBeDefined()
    expect(exchanges).toBeGreaterThanOrEqual(examples.length)
    for (const example of examples) expect(example).toMatch(/^[\w.-]+\/[\w.-]+:.+#[0-9.]+$/)
    const claims = rule!.expect.flatMap(({ status, code, headers }) => [status, code, ...headers])
    expect(claims.flatMap(({ evidence }) => evidence).some(({ kind }) => kind === 'recording')).toBe(true)
  })
})
