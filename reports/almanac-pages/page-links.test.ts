import { expect, test } from 'vitest'
import { anchorOf, hrefFrom } from './anchors.ts'
import { anchorsIn, linksIn, undefinedReferencesIn } from './page-links.ts'

test('anchors are those of GitHub: no punctuation but hyphens, and a number where a heading comes again', () => {
  expect(anchorOf('blob.renew.leased-fixed.held')).toBe('blobrenewleased-fixedheld')
  expect(anchorOf('Is a lease of 15 s held? (Still)')).toBe('is-a-lease-of-15-s-held-still')
  expect(anchorsIn('# One\n\n## With `code` and \\*\n\n```\n# no heading\n```\n\n## One\n')).toEqual([
    'one',
    'with-code-and-',
    'one-1',
  ])
})

test('links are relative to the page that they stand on', () => {
  expect(hrefFrom('README.md', 'blob/renew.md')).toBe('blob/renew.md')
  expect(hrefFrom('blob/renew.md', 'blob/break.md', 'blob.break.broken')).toBe('break.md#blobbreakbroken')
  expect(hrefFrom('blob/renew.md', 'share/break.md')).toBe('../share/break.md')
  expect(hrefFrom('blob/renew.md', 'README.md')).toBe('../README.md')
  expect(hrefFrom('blob/renew.md', 'blob/renew.md', 'a.b')).toBe('#ab')
})

test('links are found in text, around code and in definitions, and not in code', () => {
  const text =
    'See [`x`](a.md#b), ![p](c.svg), [s][src] and `[n](no.md)`.\n\n```\n[n](no.md)\n```\n\n[src]: https://example.org/s\n'
  expect(linksIn(text).map(({ href }) => href)).toEqual(['a.md#b', 'c.svg', 'https://example.org/s'])
  expect(linksIn(text).map(({ isExternal }) => isExternal)).toEqual([false, false, true])
  expect(undefinedReferencesIn(`${text}[t][other]`)).toEqual(['other'])
})
