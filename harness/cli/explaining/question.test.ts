import { expect, test } from 'vitest'
import { questionOf } from './question.ts'

test('operations are taken by their names in Azure, the longest first, or by their names in tokens', () => {
  expect(questionOf(['Get', 'Blob', 'Properties', 'leased'])).toMatchObject({
    operations: ['getBlobProperties'],
    words: ['leased'],
  })
  expect(questionOf(['"put blob" putBlock'])).toMatchObject({ operations: ['putBlob', 'putBlock'], words: [] })
})

test('words that sentences are made of are asides, unless there are no others', () => {
  expect(questionOf(['what happens on renew after expiry?'])).toMatchObject({
    words: ['renew', 'expiry'],
    asides: ['what', 'happens', 'on', 'after'],
  })
  expect(questionOf(['lease'])).toMatchObject({ words: ['lease'], asides: [] })
})

test('sections and names of rules are known', () => {
  expect(questionOf(['gaps', 'container'])).toMatchObject({ section: 'gaps', words: ['container'] })
  expect(questionOf(['edge cases'])).toMatchObject({ section: 'edgeCases', words: [] })
  expect(questionOf(['blob.renew.expired.held'])).toMatchObject({ isName: true })
  expect(questionOf(['blob renew'])).toMatchObject({ isName: false, section: undefined })
})
