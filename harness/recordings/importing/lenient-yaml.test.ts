import { describe, expect, test } from 'vitest'
import { libraryValue as value } from './testing/yaml-data.ts'

describe('YAML is read without making anything of it', () => {
  test.each([
    ['201', '201'],
    ['2019-02-02', '2019-02-02'],
    ['0x1F', '0x1F'],
    ['yes', 'yes'],
    ['null', null],
    ['"null"', 'null'],
    ['!!int 201', '201'],
    ['!!binary AAEC', { base64_string: 'AAEC' }],
    ['!!python/tuple [a, b]', ['a', 'b']],
    ['{<<: {a: b}, c: d}', { '<<': { a: 'b' }, c: 'd' }],
    ['{a: b, a: c}', { a: 'c' }],
    ['{? !!python/object/new:multidict._istr.istr [Date] : a}', { Date: 'a' }],
    ['{? !!python/object/new:multidict._istr.istr {args: [Date]} : a}', { Date: 'a' }],
    ['{? [] : a}', { '': 'a' }],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected)
  })

  test('and keys that every object has are no danger', () => {
    const read = value('{__proto__: {status: here}, constructor: a}') as object
    expect(Object.keys(read)).toEqual(['constructor'])
    expect(({} as Record<string, unknown>).status).toBeUndefined()
  })

  test('and the place of a mistake is told', () => {
    expect(value('a: b\nc: [d')).toBe('it is no valid YAML in line 2')
  })
})
