import { expect, test } from 'vitest'
import { elementsIn, readXml, sectionsOf, textIn, xmlText } from './read-xml.ts'

const of = (text: string) => Buffer.from(text)

test('elements are found by name, one or many', () => {
  const root = readXml(of('\ufeff<?xml version="1.0"?><a><b>1</b><b>&lt;2</b><c/></a>'), 'a')!
  expect(elementsIn(root, 'b')).toEqual(['1', '<2'])
  expect(textIn(root, 'c')).toBe('')
  expect(textIn(root, 'd')).toBe('')
  expect(elementsIn(root, 'constructor')).toEqual([])
})

test.each([
  '',
  '   ',
  'text',
  '<a>',
  '<a><b></a>',
  '<b/>',
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  '<a/><a/>x',
  '{}',
])('%j is no document with the root a', (text) => {
  expect(readXml(of(text), 'a')).toBeUndefined()
})

test('a document that is too long is not looked at', () => {
  expect(xmlText(of(`<a>${' '.repeat(9_000_000)}</a>`))).toBeUndefined()
})

test('sections are kept as they were written', () => {
  const sections = sectionsOf(of('<Root x="1"><A><B>1</B></A><C/></Root>'), 'Root')
  expect([...sections!]).toEqual([
    ['A', '<B>1</B>'],
    ['C', ''],
  ])
  expect(sectionsOf(of('<Root/>'), 'Root')?.size).toBe(0)
  expect(sectionsOf(of('<Other/>'), 'Root')).toBeUndefined()
})
