import { describe, expect, test } from 'vitest'
import { LEASE_ACTIONS, type LeaseAction } from '../operation.ts'
import { RULES } from './index.ts'
import type { SourceKey } from './sources.ts'

/** What speaks of blobs and containers only. */
const OF_BLOBS: readonly SourceKey[] = [
  'lease-blob',
  'lease-container',
  'blob-error-codes',
  'get-blob-properties',
  'net-v11-lease-tests',
  'cpp-v7-lease-tests',
]

describe('evidence', () => {
  test.each(['share', 'share-snapshot', 'file'])('of lease operations on a %s is not about blobs', (kind) => {
    const rules = RULES.filter((rule) => rule.kind === kind && rule.layer === 'transition')
    const ofLeases = rules.filter(({ classes }) => LEASE_ACTIONS.includes(classes[0] as LeaseAction))
    expect(ofLeases.length).toBeGreaterThan(0)
    for (const { id, expect: outcomes } of ofLeases) {
      for (const { status, code, headers } of outcomes) {
        const cited = [status, code, ...headers].flatMap(({ evidence }) => evidence.map(({ source }) => source))
        expect(
          cited.filter((source) => OF_BLOBS.includes(source)),
          id,
        ).toEqual([])
      }
    }
  })

  test('a code that was never seen is inferred, however the id is spelt', () => {
    const levelOf = (id: string) => RULES.find((rule) => rule.id === id)!.expect[0]!.code.level
    expect(levelOf('container.renew.broken.held')).toBe('settled')
    expect(levelOf('share.renew.breaking.held')).toBe('settled')
    expect(levelOf('share.renew.broken.held')).toBe('inferred')
    expect(levelOf('share.renew.broken.held-spelt-otherwise')).toBe('inferred')
  })
})
