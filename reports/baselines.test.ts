import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseBaseline, renderBaseline } from './baseline.ts'
import { TODO } from './baseline-update.ts'

const FOLDER = join(import.meta.dirname, 'baselines')

const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))

describe.each(FILES)('%s', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8')
  const parsed = parseBaseline(text, name)
  const entries = 'error' in parsed ? [] : parsed.baseline.entries

  test('is a baseline, written as --update-baseline writes it', () => {
    expect(parsed).not.toHaveProperty('error')
    if (!('error' in parsed)) expect(renderBaseline(parsed.baseline)).toBe(text)
  })

  test('says of every entry what is wrong and why it is the target', () => {
    for (const { rule, observed, sentence, evidence } of entries) {
      expect(sentence, `${rule} ${observed}`).not.toContain(TODO.trim())
      expect(evidence, `${rule} ${observed}`).toBeTruthy()
    }
  })

  test('shows every entry in at most 6 operations and 2 waits', () => {
    for (const { scenario } of entries) {
      const steps = scenario.split('/').slice(2)
      const waits = steps.filter((step) => step.startsWith('wait,')).length
      expect(steps.length - waits, scenario).toBeLessThanOrEqual(6)
      expect(waits, scenario).toBeLessThanOrEqual(2)
    }
  })
})
