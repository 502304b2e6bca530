import { expect, test } from 'vitest'
import { SAMPLE_PROPERTY } from './sample-events.ts'
import { valueText } from './sentence.ts'

test.each([
  ['status', '409 LeaseIdMissing', '409 LeaseIdMissing'],
  ['code', 'LeaseIdMissing', 'error code LeaseIdMissing'],
  ['code', 'none', 'no error code'],
  ['x-ms-lease-time', 'absent', 'no x-ms-lease-time'],
  ['status', '201, as after one wait', '201, as after one wait'],
  ['code', 'none, as after one wait', 'no error code, as after one wait'],
  ['x-ms-lease-time', 'absent, as after one wait', 'no x-ms-lease-time, as after one wait'],
  ['outcome', 'TypeError thrown', 'outcome: TypeError thrown'],
])('%s: %s', (field, value, text) => {
  expect(valueText({ ...SAMPLE_PROPERTY, field }, value)).toBe(text)
})
