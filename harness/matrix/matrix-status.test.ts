import { describe, expect, test } from 'vitest'
import type { MatrixPair } from '../../reports/matrix.ts'
import { matrixStatus } from './matrix-status.ts'

const ended = (exitStatus: number | null, verdict: MatrixPair['verdict'] = 'could not run'): MatrixPair => ({
  target: 'reference',
  driver: 'js',
  folder: 'reference/js',
  verdict,
  exitStatus,
  durationMs: 1,
})
const [FINE, NEW, LEFT_OUT] = [ended(0, 'nothing new'), ended(1, 'something new'), ended(null, 'left out')]

describe('the exit status of a matrix is', () => {
  test.each([
    [0, 'nothing new', [FINE, FINE]],
    [0, 'nothing new, where some pairs make no sense', [FINE, LEFT_OUT]],
    [1, 'something new in any pair, whatever else could not run', [FINE, NEW, ended(3), ended(2)]],
    [3, 'a target or a driver that could not be reached', [FINE, ended(3)]],
    [3, 'a pair that a signal ended', [FINE, ended(null)]],
    [3, 'a pair that is misconfigured', [FINE, ended(2)]],
    [3, 'a pair whose reports cannot be read', [FINE, ended(0)]],
    [3, 'a pair that somebody interrupted alone', [FINE, ended(130)]],
    [2, 'wrong usage in all pairs', [ended(2), ended(2), LEFT_OUT]],
    [4, 'a failure of our own in any pair', [FINE, NEW, ended(4)]],
  ])('%i: %s', (status, _, pairs) => expect(matrixStatus(pairs, false)).toBe(status))

  test('130: an interruption, unless leasecheck itself failed', () => {
    expect(matrixStatus([FINE, NEW, ended(130)], true)).toBe(130)
    expect(matrixStatus([ended(4)], true)).toBe(4)
  })
})
