import { describe, expect, test } from 'vitest'
import { anchorsIn, linksIn } from './almanac-pages/page-links.ts'
import { type MatrixDivergence, type MatrixPair, type MatrixTopic, parseMatrix } from './matrix.ts'
import { renderMatrixMarkdown } from './matrix-markdown.ts'
import { renderMatrix } from './matrix-terminal.ts'
import { compareTopics, pairText, topicVerdict } from './matrix-verdict.ts'
import { SAMPLE_MATRIX, SAMPLE_PAIRS } from './testing/sample-matrix.ts'

const [ON_REFERENCE, JS_ON_REFERENCE, ON_AZURITE, JS_ON_AZURITE] = SAMPLE_PAIRS as [
  (typeof SAMPLE_PAIRS)[0],
  (typeof SAMPLE_PAIRS)[0],
  (typeof SAMPLE_PAIRS)[0],
  (typeof SAMPLE_PAIRS)[0],
]

describe('a pair is told in a line:', () => {
  test.each([
    [ON_REFERENCE, 'nothing new'],
    [JS_ON_REFERENCE, 'nothing new; 1 known; 1 gone'],
    [ON_AZURITE, '1 NEW; 1 known'],
    [JS_ON_AZURITE, 'could not run: @azure/storage-blob is not installed'],
    [{ ...ON_AZURITE, reason: 'the target died' }, '1 NEW; 1 known; INCOMPLETE (the target died)'],
  ])('%#', (pair, text) => expect(pairText(pair)).toBe(text))
})

describe('a topic is told by its worst cell:', () => {
  const { divergences, topics } = ON_AZURITE.shown!
  const [agreed, diverged] = topics as [MatrixTopic, MatrixTopic]
  const without = { ...agreed, agreed: 0 }
  test.each([
    [agreed, 'agrees'],
    [diverged, 'new'],
    [{ ...diverged, new: 0, divergences: [1] }, 'known'],
    [{ ...agreed, masked: 1 }, 'masked'],
    [{ ...agreed, notImplemented: 1 }, 'not implemented'],
    [{ ...without, notReached: 1, notExpressible: 1 }, 'not tried'],
    [{ ...without, notExpressible: 1 }, 'no call'],
  ] satisfies readonly (readonly [MatrixTopic, string])[])('%#', (topic, verdict) =>
    expect(topicVerdict(topic, divergences)).toBe(verdict),
  )

  test('a divergence that no cell shows counts too, and one that only stands in the way does not', () => {
    expect(topicVerdict({ ...agreed, operation: 'renew', divergences: [0] }, divergences)).toBe('new')
    expect(topicVerdict({ ...agreed, operation: 'release', masked: 3, divergences: [0] }, divergences)).toBe('masked')
  })
})

test('topics stand in the order of kinds and of a lease, then of uses', () => {
  const topics = ['blob write', 'share renew', 'blob renew', 'blob acquire', 'blob read'].map((each) => {
    const [kind = '', operation = ''] = each.split(' ')
    return { kind, operation }
  })
  const sorted = topics.toSorted(compareTopics).map(({ kind, operation }) => `${kind} ${operation}`)
  expect(sorted).toEqual(['blob acquire', 'blob renew', 'blob read', 'blob write', 'share renew'])
})

describe('as Markdown', () => {
  const text = renderMatrixMarkdown(SAMPLE_MATRIX)

  test('every client stands beside every server', () => {
    expect(text).toContain('| client | reference | azurite |')
    expect(text).toContain(
      '| rest | [nothing new](reference/rest/summary.md) | [**1 NEW; 1 known**](azurite/rest/summary.md) |',
    )
    expect(text).toContain('could not run: @azure/storage-blob is not installed |')
  })

  test('links inside lead somewhere, and those to files are of pairs', () => {
    const anchors = anchorsIn(text)
    const links = linksIn(text).map(({ href }) => href)
    expect(links.filter((href) => href.startsWith('#')).length).toBe(2)
    expect(links.filter((href) => href.startsWith('#') && !anchors.includes(href.slice(1)))).toEqual([])
    const folders = SAMPLE_PAIRS.map(({ folder }) => `${folder}/`)
    expect(links.filter((href) => !href.startsWith('#') && !folders.some((own) => href.startsWith(own)))).toEqual([])
  })

  test('which operation diverges on which pair, and what of it is the client', () => {
    expect(text).toContain('| blob | renew | [**new**](#azurite-3370-blob-renew), 8 of 10 |')
    expect(text).toContain('| share | renew | agrees, 5 | [1 known](#reference-010-share-renew), 0 of 87 |')
    expect(text).toContain('| blob | write | agrees, 10 | no call |')
    expect(text).toMatch(
      /## What clients do otherwise\n\n\| divergence \| js \|\n.*\n.*client\.share\.renew\.sends\.requests.*\| known \|/,
    )
  })

  test('what several clients do wrong is told once, and for each reason', () => {
    const [rest, js, azurite, ...others] = SAMPLE_PAIRS as [MatrixPair, MatrixPair, MatrixPair]
    const [wrong] = js.shown!.divergences as [MatrixDivergence]
    const as = (driver: string, divergence: Partial<MatrixDivergence>): MatrixPair => ({
      ...js,
      driver,
      shown: { ...js.shown!, divergences: [{ ...wrong, ...divergence }] },
    })
    const go = as('go', { sentence: 'It forgets.' })
    const aio = as('python-aio', { state: 'new', sentence: 'generated' })
    const drivers = ['rest', 'js', 'go', 'python-aio']
    const told = renderMatrixMarkdown({ ...SAMPLE_MATRIX, drivers, pairs: [rest, js, go, aio, azurite, ...others] })
    expect(told).toContain(
      'requests: none. js: It sends nothing \\| at all. go: It forgets. | known | known | **new** |',
    )
    expect(told.match(/generated/g)).toHaveLength(1)
    const like = { ...wrong, rule: 'client.share-snapshot.renew.sends.requests' }
    const twice = { ...js, shown: { ...js.shown!, divergences: [wrong, like] } }
    expect(renderMatrix({ ...SAMPLE_MATRIX, pairs: [twice] }, { colour: false })).toContain(
      '  - js: It sends nothing | at all.\n    (client.share.renew.sends.requests, requests: none, and 1 more like it)',
    )
  })

  test('nothing in it breaks a table or is taken for HTML', () => {
    expect(text).toContain('It sends nothing \\| at all.')
    expect(text).toContain('It renews &lt;any\\> lease.')
  })
})

test('at a terminal: pairs, what is new with its command, what clients do, and the exit status', () => {
  const text = renderMatrix(SAMPLE_MATRIX, { colour: false })
  expect(text).toMatch(
    /^azurite 3\.37\.0\n {2}rest +1 NEW; 1 known +1,199 of 1,200 cells +90 of 90 rules +8\.1 s\n {2}js +could not run/m,
  )
  expect(text).toContain(
    `New divergences, which fail the run (1)\n  - azurite with rest: blob.renew.expired.another, status: 200`,
  )
  expect(text).toContain("\n    npx leasecheck replay 'lc1/blob/renew,id=B'\n")
  expect(text).toContain('  - js: It sends nothing | at all.\n    (client.share.renew.sends.requests, requests: none)')
  expect(text).toContain('Exit status 1: something new, 4 pairs after 50.0 s.')
  expect(text.split('\n').filter((line) => line.length > 100 && !line.includes('npx'))).toEqual([])
})

test('what was written can be read, and what is damaged is told by its place', () => {
  expect(parseMatrix(JSON.stringify(SAMPLE_MATRIX), 'matrix.json')).toEqual({ matrix: SAMPLE_MATRIX })
  const damaged = { ...SAMPLE_MATRIX, pairs: [{ ...ON_REFERENCE, verdict: 'fine' }] }
  expect(parseMatrix(JSON.stringify(damaged), 'matrix.json')).toEqual({
    error: expect.stringContaining('matrix.json: pairs[0].verdict is "fine"; expected "nothing new" or'),
  })
  expect(parseMatrix('{', 'matrix.json')).toEqual({ error: expect.stringContaining('matrix.json is not JSON') })
})
