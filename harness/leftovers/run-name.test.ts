import { expect, test } from 'vitest'
import { WORLDS } from '../../model/usual-worlds.ts'
import { realNames } from '../campaign/real-names.ts'
import { newRunName, runNameIn, runNameInBlob } from './run-name.ts'

test('every name that a run gives is known for one of its own', () => {
  for (let times = 0; times < 50; times++) {
    const run = newRunName()
    expect(run).toMatch(/^leasecheck-[0-9a-z]{5}$/)
    for (const base of [`${run}-0`, `${run}-1234`, `${run}-17r2`]) {
      for (const world of Object.values(WORLDS)) {
        for (const [name, real] of realNames(world, base)) {
          const { kind } = world.find((each) => each.name === name)!
          if (kind === 'container' || kind === 'share') expect(runNameIn(real)).toBe(run)
        }
        for (const real of realNames(world, base, 'theirs').values()) {
          if (real.startsWith('theirs/') && !real.includes('?')) expect(runNameInBlob(real.slice(7))).toBe(run)
        }
      }
    }
  }
})

test.each([
  'leasecheck',
  'leasecheck-',
  'Leasecheck-',
  'Leasecheck-abcde-1-container',
  'my-leasecheck-x',
  'my-leasecheck-abcde-1-container',
  'leasecheck-backups',
  'leasecheck-abcde',
  'leasecheck-abcde-notes',
  'leasecheck-abcdef-1-container',
  'leasecheck-abcde-1-',
  'leasecheck-abcde-1-container-of-mine',
])('%s is nobody of ours', (name) => {
  expect(runNameIn(name)).toBeUndefined()
})
