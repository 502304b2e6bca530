import { expect, test } from 'vitest'
import { operation } from '../model/operation.ts'
import type { Step } from '../model/scenario.ts'
import { at } from '../model/time.ts'
import { measuredSteps } from './measured-waits.ts'

/** A trace of waits, and of requests that are given by their instants. */
function waitsOf(...steps: readonly (Step | number)[]) {
  const trace = steps.map((step) => {
    if (typeof step !== 'number') return { call: step, exchanges: [] }
    const exchange = { operation: operation('getBlob', 'blob'), window: at(step), answer: { status: 200, headers: {} } }
    return { call: { do: 'getBlob' as const, on: 'blob' }, exchanges: [exchange] }
  })
  return measuredSteps({ steps: trace }).flatMap((step) => ('wait' in step ? [[step.wait, step.ms]] : []))
}

const plain = (ms: number): Step => ({ wait: 'for', on: 'blob', ms })
const untilDeadline = (ms: number): Step => ({ wait: 'until deadline', on: 'blob', ms })

test('a wait until a deadline becomes one of the time that passed between the requests', () => {
  expect(waitsOf(0, untilDeadline(-1), 14_999)).toEqual([['for', 14_999]])
})

test('of several waits the plain ones keep their length, and the first other one has what is left', () => {
  expect(waitsOf(1000, plain(400), untilDeadline(0), untilDeadline(0), 16_000)).toEqual([
    ['for', 400],
    ['for', 14_600],
    ['for', 0],
  ])
})

test('before the first request and after the last there is nothing to measure', () => {
  expect(waitsOf(plain(5), untilDeadline(0), 0, untilDeadline(1))).toEqual([
    ['for', 5],
    ['for', 0],
    ['for', 0],
  ])
})
