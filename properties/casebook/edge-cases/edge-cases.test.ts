import { describe, expect, test } from 'vitest'
import { modelRules } from '../casebook.ts'
import { momentsOf } from '../moment.ts'
import { EDGE_CASES } from './index.ts'

const CASES = EDGE_CASES.flatMap(({ cases }) => cases)
const SCENES = CASES.flatMap(({ id, scenes }) => scenes.map((scene) => ({ id, ...scene })))

describe('what is said of an edge case is what the rules say:', () => {
  test.each(CASES)('$id', ({ scenes }) => {
    const told = scenes.map(({ token, says, after, leaseTime }) => ({ token, says, after, leaseTime }))
    const modelled = scenes.map(({ token, after, leaseTime }) => {
      const last = momentsOf(modelRules(), token).at(-1)!
      return {
        token,
        says: last.answers,
        after: after === undefined ? undefined : last.after,
        leaseTime: leaseTime === undefined ? undefined : last.headers['x-ms-lease-time'],
      }
    })
    expect(told).toEqual(modelled)
  })
})

test('only the last request of a scene is ever refused: the others lead up to it', () => {
  const refused = SCENES.filter(({ token }) =>
    momentsOf(modelRules(), token)
      .slice(0, -1)
      .some(({ status }) => status >= 300),
  )
  expect(refused.map(({ token }) => token)).toEqual([])
})

test('every question has a name of its own, a sentence and scenes', () => {
  expect(new Set(CASES.map(({ id }) => id)).size).toBe(CASES.length)
  expect(CASES.filter(({ question }) => !question.endsWith('?'))).toEqual([])
  expect(CASES.filter(({ scenes }) => scenes.length === 0)).toEqual([])
})
