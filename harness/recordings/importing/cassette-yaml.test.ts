import fc from 'fast-check'
import { dump } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { readCassette } from './cassette-yaml.ts'
import { readYaml } from './lenient-yaml.ts'
import { DATA, STYLE, TEXT, libraryValue as value } from './testing/yaml-data.ts'

describe('a cassette is read interaction by interaction like as a whole', () => {
  test('whatever is in it', () => {
    const INTERACTION = fc.record(
      { id: TEXT, request: DATA, response: DATA },
      { requiredKeys: ['request', 'response'] },
    )
    const TAIL = fc.constantFrom(
      '',
      'version: 1\n',
      'recorded_with: VCR 6\n',
      '---\na: b\n',
      'more:\n  a: b\n',
      '...\n',
    )
    fc.assert(
      fc.property(fc.array(INTERACTION, { minLength: 1, maxLength: 4 }), STYLE, TAIL, (interactions, style, tail) => {
        const text = dump({ interactions }, style) + tail
        const read = readCassette(text)
        const whole = readYaml(text)
        if ('error' in whole) return expect(read).toEqual(whole)
        const [cassette, ...others] = whole.documents as [{ interactions: unknown }]
        expect('documents' in read && (read.documents[0] as typeof cassette).interactions).toEqual(
          cassette.interactions,
        )
        expect('documents' in read && read.documents.slice(1)).toEqual(others)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['an anchor in one interaction and its alias in another', 'a: &id [x]', 'a: *id'],
    ['a text over several lines', 'a: "b\n\n      - request:\n      c"', 'a: |\n      b\n\n      - request:'],
    ['a comment', 'a: b # c', '# a'],
    ['a sequence in a sequence', 'a:\n    - - b\n      - c', 'a:\n      - - - b'],
  ])('%s', (_, one, other) => {
    const text = `interactions:\n- request:\n    ${one}\n- request:\n    ${other}\n    b: c\nversion: 1\n`
    const read = readCassette(text) as { documents: [{ interactions: unknown }] }
    expect(read.documents[0].interactions).toEqual((value(text) as { interactions: unknown }).interactions)
  })
})
