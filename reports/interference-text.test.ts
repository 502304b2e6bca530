import { expect, test } from 'vitest'
import { interferenceText } from './interference-text.ts'

test('how often a server did not simply answer', () => {
  expect(interferenceText({ busy: 1, unanswered: 1_204 })).toBe(
    '1 request refused as too busy, and asked again more slowly; 1,204 requests never answered, with unknown outcome; none of it is a divergence',
  )
  expect(interferenceText({ busy: 0, unanswered: 2 })).not.toContain('busy')
})
