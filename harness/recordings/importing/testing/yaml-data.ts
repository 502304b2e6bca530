import fc from 'fast-check'
import { readYaml } from '../lenient-yaml.ts'

/** Texts that mean something to YAML in one place or another. */
export const TEXT = fc.oneof(
  fc.constantFrom(
    'a',
    'null',
    '-1',
    '- a',
    'a: b',
    'a:',
    "it's",
    '"a"',
    '~',
    '',
    '#',
    'a #b',
    'a  b',
    ' a',
    'a ',
    '[]',
    '{}',
  ),
  fc.constantFrom(
    'a\nb',
    'a\n',
    '\\',
    '\t',
    'é',
    '*/*',
    '?',
    '!a',
    '&a',
    '|',
    '>',
    '%',
    '@',
    '`',
    "''",
    'a\r\nb',
    '-',
    '--- a',
  ),
  fc.constantFrom(`long ${'words and '.repeat(20)}end`, `${'x'.repeat(100)} ${'y'.repeat(100)}: z`),
  fc.stringMatching(/^[ -~]{0,8}$/),
)
const KEY = fc.oneof(
  fc.constantFrom('a', 'x-ms-lease-id', 'null', 'Date', '1', '_', 'a b', '-'),
  fc.stringMatching(/^[a-z]{1,4}$/),
)
export const DATA = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4, withCrossShrink: true }, TEXT, fc.constant(null), tie('list'), tie('mapping')),
  list: fc.array(tie('any'), { maxLength: 3 }),
  mapping: fc.dictionary(KEY, tie('any'), { maxKeys: 3 }),
})).any
export const STYLE = fc.record({
  seqNoIndent: fc.boolean(),
  lineWidth: fc.constantFrom(-1, 30, 80),
  indent: fc.constantFrom(2, 4),
})

/** What the library reads; of what is not valid, what is wrong. */
export function libraryValue(text: string): unknown {
  const read = readYaml(text)
  return 'documents' in read ? read.documents[0] : read.error
}
