import fc from 'fast-check'
import { dump } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { readYaml } from './lenient-yaml.ts'
import { readPlainYaml } from './plain-yaml.ts'
import { DATA, STYLE, TEXT, libraryValue as value } from './testing/yaml-data.ts'

function readPiece(text: string): unknown {
  const read = readYaml(text)
  return 'documents' in read ? read.documents[0] : undefined
}

describe('the quick reader reads like the library, or not at all', () => {
  test('what is written as YAML', () => {
    let plain = 0
    fc.assert(
      fc.property(DATA, STYLE, (data, style) => {
        const text = dump(data, style)
        const read = readPlainYaml(text, readPiece)
        if (read === undefined) return
        plain++
        expect(read.value).toEqual(value(text))
      }),
      { numRuns: 1000 },
    )
    expect(plain).toBeGreaterThan(30)
  })

  test('lines of any sort', () => {
    const ODD = fc.constantFrom("'a", '"\\n"', "'a' b", '- 1', '...', '---', '{} a')
    const LINE = fc
      .tuple(
        fc.oneof({ weight: 3, arbitrary: fc.constant('') }, fc.constantFrom(' ', '  ', '    ')),
        fc.oneof({ weight: 3, arbitrary: fc.constant('') }, fc.constantFrom('- ', '- - ', '-', '? ', ': ')),
        fc.oneof({ weight: 3, arbitrary: fc.constantFrom('a: ', 'b: ') }, fc.constantFrom('', 'b:', 'c:  ', 'null: ')),
        fc.oneof(
          { weight: 2, arbitrary: fc.constantFrom('a', 'b c', 'd ', 'e:', "'a'", "'it''s'", '"a"', '-1', '') },
          TEXT,
          ODD,
        ),
      )
      .map((parts) => parts.join(''))
    let plain = 0
    fc.assert(
      fc.property(fc.array(LINE, { maxLength: 6 }), (lines) => {
        const text = `${lines.join('\n')}\n`
        const read = readPlainYaml(text, readPiece)
        if (read === undefined) return
        plain++
        expect(read.value).toEqual(value(text))
      }),
      { numRuns: 5000 },
    )
    expect(plain).toBeGreaterThan(100)
  })

  test.each([
    ['all that is plain', 'a: b c\nlist:\n- x: {}\n  y: null\n- z\n', 1],
    ['a text that goes on', 'a: b\n  c (d)\ne: f\n', 0],
    ['quotes', `a: 'it''s'\nb: "c"\nd: -1\n`, 0],
    ['a text in quotes over several lines', "a: 'b\n\n  c'\nd: e\n", 1],
    ['escapes', 'a:\n  string: "\\uFEFFb\n    c"\nd: e\n', 1],
    ['bytes', 'a:\n  body: !!binary |\n    AAEC\n\n    AwQF\n  b: c\n', 1],
    ['a tag on a list in the column of its key', 'state: !!python/tuple\n- a\n- b\nd: e\n', 1],
    ['a list in a tagged list', 'a:\n- !!python/tuple\n  - b\n- c\n', 1],
    ['keys that are objects', 'a:\n  b: c\n  ? !!x [d]\n  : e\n  ? !!x\n  - f\n  : g\nh: i\n', 1],
  ])('%s is read, by the library where it must', (_, text, others) => {
    const pieces: string[] = []
    const read = readPlainYaml(text, (piece) => {
      pieces.push(piece)
      return readPiece(piece)
    })
    expect(read).toEqual({ value: value(text) })
    expect(pieces.length).toBe(others)
  })

  test('what has little that is plain is left to the library as a whole', () => {
    expect(readPlainYaml('a: |\n  b\n'.repeat(5), readPiece)).toBeUndefined()
  })
})
