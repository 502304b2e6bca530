import { expect, test } from 'vitest'
import { stemOf, wordsIn } from './word-forms.ts'

test.each([
  ['renew renews renewed renewing renewal', 'renew'],
  ['break breaks broken breaking', 'break'],
  ['expire expires expired expiring expiry expiration', 'expir'],
  ['lease leases leased leasing', 'leas'],
  ['release released releasing', 'releas'],
  ['delete deletes deleted deleting deletion', 'delet'],
  ['write writes writing written', 'writ'],
  ['copy copies copied copying', 'copy'],
  ['snapshot snapshots', 'snapshot'],
  ['id ids', 'id'],
])('%s have the stem %s', (forms, stem) => {
  expect(new Set(forms.split(' ').map(stemOf))).toEqual(new Set([stem]))
})

test('what only looks alike keeps a stem of its own', () => {
  expect(stemOf('lease')).not.toBe(stemOf('release'))
  expect(stemOf('read')).not.toBe(stemOf('ready'))
  expect(stemOf('address')).toBe('address')
})

test('headers, codes, versions and ids of rules are words', () => {
  expect(wordsIn('"If-None-Match: *"')).toEqual(['if-none-match', 'wildcard'])
  expect(wordsIn('x-ms-lease-id, 2013-08-15')).toEqual(['x-ms-lease-id', '2013-08-15'])
  expect(wordsIn('blob.renew.expired.another LeaseIdMissing')).toEqual([
    'blob',
    'renew',
    'expired',
    'another',
    'leaseidmissing',
  ])
})
