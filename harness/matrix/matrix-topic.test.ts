import { describe, expect, test } from 'vitest'
import { matrixTopicNamed, matrixTopicOf } from './matrix-topic.ts'

describe('the topic of a cell is', () => {
  test.each([
    ['blob acquire', 'blob', 'acquire'],
    ['blob (append) acquire', 'blob', 'acquire'],
    ['blob putPage', 'blob', 'write'],
    ['blob (page) putPage', 'blob', 'write'],
    ['blob write', 'blob', 'write'],
    ['blob getBlockList', 'blob', 'read blocks'],
    ['share-snapshot read blocks', 'share-snapshot', 'read blocks'],
  ])('%s', (topic, kind, operation) => expect(matrixTopicNamed(topic)).toEqual({ kind, operation }))
})

describe('the topic of a divergence is that of the step that shows it', () => {
  const step = (diverged: boolean) => ({ step: '', atMs: 0, answer: '', diverged })
  test('and not of the one that ends the scenario', () => {
    const scenario = 'lc1/blob/acquire,duration=15/setBlobMetadata/renew,id=A'
    const story = [step(false), step(true), step(false)]
    expect(matrixTopicOf({ rule: 'blob.lease.write.leased', scenario, story })).toEqual({
      kind: 'blob',
      operation: 'write',
    })
  })

  test('or what its rule says, where the scenario is of another version', () => {
    const of = (rule: string) => matrixTopicOf({ rule, scenario: 'lc9/blob', story: [] })
    expect(of('client.share.renew.sends.requests')).toEqual({ kind: 'share', operation: 'renew' })
    expect(of('blob.renew.expired.held')).toEqual({ kind: 'blob', operation: 'renew' })
  })
})
