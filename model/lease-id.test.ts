import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leaseIdArgument, writtenAs } from './lease-id.ts'

const forms = fc.constantFrom('D' as const, 'N' as const, 'B' as const, 'P' as const, 'upper' as const)

test('an id is the same id in every spelling', () => {
  fc.assert(
    fc.property(fc.uuid(), forms, (id, form) => {
      expect(leaseIdArgument(writtenAs(id, form))).toMatchObject({ given: 'guid', id })
    }),
  )
})

test('only the hyphenated lower-case spelling is canonical', () => {
  fc.assert(
    fc.property(fc.uuid(), forms, (id, form) => {
      const text = writtenAs(id, form)
      expect(leaseIdArgument(text)).toMatchObject({ canonical: text === id })
    }),
  )
})

test.each([
  ['0xaaaaaaaa form', '{0xaaaaaaaa,0xaaaa,0x4aaa,{0x8a,0xaa,0xaa,0xaa,0xaa,0xaa,0xaa,0xaa}}', 'guid'],
  ['empty', '', 'empty'],
  ['a word', 'not-a-guid', 'malformed'],
  ['cut short', 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa', 'malformed'],
  ['quoted', '"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"', 'malformed'],
  ['half a brace', '{aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa', 'malformed'],
])('%s', (_name, text, given) => {
  expect(leaseIdArgument(text)).toMatchObject({ given })
})
