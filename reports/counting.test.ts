import { expect, test } from 'vitest'
import { count, lasting, offset, percent, times } from './counting.ts'

test('numbers read as people write them', () => {
  expect([count(1, 'step'), count(1204, 'step'), count(0, 'step')]).toEqual(['1 step', '1,204 steps', '0 steps'])
  expect([times(1), times(40)]).toEqual(['once', '40 times'])
  expect([offset(0), offset(14_999), offset(15_000), offset(3_600_001)]).toEqual([
    '0 s',
    '14.999 s',
    '15 s',
    '3,600.001 s',
  ])
  expect([lasting(12.3), lasting(999.7), lasting(7412), lasting(59_960), lasting(125_000)]).toEqual([
    '12 ms',
    '1.0 s',
    '7.4 s',
    '1 min 0 s',
    '2 min 5 s',
  ])
})

test('a share is never rounded to nothing or to everything', () => {
  expect([percent(0, 900), percent(1, 900), percent(450, 900), percent(899, 900), percent(900, 900)]).toEqual([
    '0 %',
    '< 1 %',
    '50 %',
    '> 99 %',
    '100 %',
  ])
  expect(percent(0, 0)).toBe('none')
})
