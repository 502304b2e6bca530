import { describe, expect, test } from 'vitest'
import { type Belief, certain, withPending } from './belief.ts'
import { isFitting } from './fitting.ts'
import { type OperationName, operation } from './operation.ts'
import { WORLDS } from './usual-worlds.ts'
import { worldOf } from './world.ts'

const in_ = (world: string): Belief => certain(worldOf(WORLDS[world]!))

describe('an operation is fitting', () => {
  test.each<[OperationName, string, boolean]>([
    ['putPage', 'blob', false],
    ['putPage', 'page-blob', true],
    ['putPage', 'append-blob', false],
    ['putBlockList', 'blob', true],
    ['putBlockList', 'append-blob', false],
    ['putBlob', 'append-blob', true],
    ['copyBlobSync', 'page-blob', false],
    ['acquire', 'page-blob', true],
  ])('%s in world %s: %s', (name, world, fits) => {
    expect(isFitting(in_(world), name, 'blob')).toBe(fits)
  })

  test('only if it is whatever pending requests may have done', () => {
    const pending = withPending(in_('blob'), operation('putAppendBlob', 'blob'), 0)
    expect(isFitting(pending, 'putBlock', 'blob')).toBe(false)
    expect(isFitting(withPending(in_('blob'), operation('putBlob', 'blob'), 0), 'putBlock', 'blob')).toBe(true)
  })

  test('of a container always', () => {
    expect(isFitting(in_('blob'), 'setContainerMetadata', 'container')).toBe(true)
  })
})
