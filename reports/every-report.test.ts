import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { renderJunit } from './junit.ts'
import { renderMarkdown } from './markdown.ts'
import { parseResults, serialise, stable } from './ndjson.ts'
import { type BaselineEntryEvent, type Bucket, type Footer, type Header, ORIGIN, type ResultEvent } from './results.ts'
import { SAMPLE_FOOTER, SAMPLE_HEADER } from './sample-events.ts'
import { renderBucket, renderPlan, renderSummary } from './terminal/index.ts'

/** Servers answer what they like, and scenarios hold what is malformed on purpose. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom('\u001b[31mred', '"/><x>', ']]>', '```', '| a | b', '\r\n', '\uffff', '', '   ', '<!--', '\u2028'),
)
const word = fc.stringMatching(/^[a-z][a-z.-]{0,30}$/)
const level = fc.constantFrom('settled' as const, 'documented' as const, 'inferred' as const, 'open' as const)
const signature = { rule: word, field: fc.constantFrom('status', 'code', 'x-ms-lease-time'), observed: text }

const bucket: fc.Arbitrary<Bucket> = fc
  .record(
    {
      event: fc.constant('bucket' as const),
      ...signature,
      state: fc.constantFrom('new' as const, 'known' as const),
      expected: text,
      level,
      fails: fc.boolean(),
      count: fc.nat(),
      scenario: word.map((step) => `lc1/blob/${step}`),
      twin: text,
      operations: fc.nat(),
      waits: fc.nat(),
      story: fc.array(fc.record({ step: text, atMs: fc.nat(), answer: text, diverged: fc.boolean() }), {
        maxLength: 4,
      }),
      evidence: fc.array(
        fc.record(
          {
            source: fc.constantFrom('lease-blob', 'reasoning', 'of a later version'),
            kind: fc.constantFrom('doc' as const, 'recording' as const, 'inferred' as const),
            count: fc.nat(),
            note: text,
          },
          { requiredKeys: ['source', 'kind'] },
        ),
        { maxLength: 3 },
      ),
      sentence: text,
      issue: text,
    },
    {
      requiredKeys: [
        'event',
        'rule',
        'field',
        'observed',
        'state',
        'expected',
        'level',
        'fails',
        'count',
        'scenario',
        'operations',
        'waits',
        'story',
        'evidence',
      ],
    },
  )
  .map((each) => ({ ...each, fails: each.fails && each.state === 'new' }))

const entry: fc.Arbitrary<BaselineEntryEvent> = fc.record({
  event: fc.constant('baseline-entry' as const),
  ...signature,
  state: fc.constantFrom('gone' as const, 'not checked' as const),
  reason: text,
  scenario: word,
  sentence: text,
})

const verdict: fc.Arbitrary<ResultEvent> = fc.record({
  event: fc.constant('verdict' as const),
  scenario: word,
  origin: fc.constantFrom(...ORIGIN.options),
  end: fc.constantFrom('complete' as const, 'ended' as const),
  requests: fc.nat(),
  divergences: fc.array(fc.record({ ...signature, step: fc.nat(), expected: text, level }), { maxLength: 2 }),
  durationMs: fc.nat(),
})

const finding: fc.Arbitrary<ResultEvent> = fc.record({
  event: fc.constant('finding' as const),
  ...signature,
  count: fc.nat(),
})

const header: fc.Arbitrary<Header> = fc
  .record({
    name: text,
    version: text,
    url: text,
    only: fc.array(text),
    baseline: fc.option(text),
    repeat: fc.array(text),
    client: text,
  })
  .map(({ name, version, url, ...rest }) => ({ ...SAMPLE_HEADER, target: { name, version, url }, ...rest }))

const footer: fc.Arbitrary<Footer> = fc
  .record({
    reason: text,
    masked: fc.array(fc.record({ cell: text, by: text })),
    unreached: fc.array(text, { maxLength: 12 }),
    open: fc.nat(),
    durationMs: fc.nat(),
    complete: fc.boolean(),
    early: fc.constantFrom(0, 2, 3, 4, 130),
  })
  .map(({ masked, unreached, open, early, ...rest }) => ({
    ...SAMPLE_FOOTER,
    ...rest,
    exitStatus: early,
    cells: { ...SAMPLE_FOOTER.cells, masked, unreached },
    judged: { ...SAMPLE_FOOTER.judged, open },
  }))

/** A stream as a run writes it: a bucket that fails makes the exit status 1, and an incomplete run never ends with 0. */
const events: fc.Arbitrary<ResultEvent[]> = fc
  .tuple(
    header,
    fc.array(fc.oneof(verdict, bucket, entry, finding), { maxLength: 12 }),
    fc.option(footer, { nil: undefined }),
  )
  .map(([first, middle, last]) => {
    if (last === undefined) return [first, ...middle]
    const failing = middle.some((event) => event.event === 'bucket' && event.fails)
    const exitStatus = failing ? 1 : last.complete ? last.exitStatus : Math.max(3, last.exitStatus)
    return [first, ...middle, { ...last, exitStatus }]
  })

describe('whatever a run holds', () => {
  test('a results file says exactly what was written', () => {
    fc.assert(
      fc.property(events, (written) => {
        const read = parseResults(written.map(serialise).join(''))
        expect(read).toMatchObject({ events: written })
      }),
    )
  })

  test('masking twice is masking once, and what was masked can still be read', () => {
    fc.assert(
      fc.property(events, (written) => {
        const masked = written.map((event) => stable(event))
        expect(masked.map((event) => stable(event))).toEqual(masked)
        expect(parseResults(masked.map(serialise).join(''))).toMatchObject({ events: masked })
      }),
    )
  })

  test('the terminal gets no escape codes unless asked for, and no line of more than 100 columns but commands', () => {
    fc.assert(
      fc.property(events, fc.boolean(), (run, verbose) => {
        for (const render of renderers(run, verbose)) {
          const plain = render(false)
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
          expect(plain).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
          for (const line of plain.split('\n'))
            if (!/^ +(?:repeat|twin): /.test(line)) expect(line.length, line).toBeLessThanOrEqual(100)
          expect(stripVTControlCharacters(render(true))).toBe(plain)
        }
      }),
    )
  })

  test('JUnit XML is valid, its counts are those of its cases, and it is red if and only if the run is', () => {
    fc.assert(
      fc.property(events, (run) => {
        const xml = renderJunit(run)
        expect(XMLValidator.validate(xml)).toBe(true)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write them
        expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/)
        const { testsuites } = PARSER.parse(xml)
        for (const suite of testsuites.testsuite)
          expect(countsOf(suite), suite['@name']).toEqual(countsIn(suite.testcase))
        expect(countsOf(testsuites)).toEqual(countsIn(testsuites.testsuite.flatMap((suite: Suite) => suite.testcase)))
        const end = run.at(-1)!
        const red = end.event !== 'footer' || end.exitStatus !== 0
        expect(Number(testsuites['@failures']) + Number(testsuites['@errors']) > 0).toBe(red)
      }),
    )
  })

  test('Markdown holds no control characters and no HTML of others', () => {
    fc.assert(
      fc.property(events, (run) => {
        const markdown = renderMarkdown(run)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(markdown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
        const outsideCode = markdown
          .replace(/^(`{3,}).*\n[\s\S]*?\n\1$/gm, '')
          .replace(/(`+)[^`][\s\S]*?[^`]?\1(?!`)/g, '')
        expect(outsideCode.replace(/<\/?(?:details|summary)>/g, '')).not.toMatch(/<[a-z!/]/i)
      }),
    )
  })
})

function renderers(run: readonly ResultEvent[], verbose: boolean): ((colour: boolean) => string)[] {
  const [first] = run as [Header]
  const buckets = run.filter((event) => event.event === 'bucket')
  return [
    (colour) => renderPlan(first, { colour }),
    (colour) => renderSummary(run, { colour, verbose }),
    ...buckets.map((each) => (colour: boolean) => renderBucket(each, { colour, header: first })),
  ]
}

const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  isArray: (name) => name === 'testsuite' || name === 'testcase',
})

type Element = Readonly<Record<string, unknown>>
interface Suite extends Element {
  readonly testcase: readonly Element[]
}

function countsOf(element: Element) {
  const [tests, failures, errors, skipped] = ['@tests', '@failures', '@errors', '@skipped'].map((name) =>
    Number(element[name]),
  )
  return { tests, failures, errors, skipped }
}

function countsIn(cases: readonly Element[]) {
  const having = (name: string) => cases.filter((each) => name in each).length
  return { tests: cases.length, failures: having('failure'), errors: having('error'), skipped: having('skipped') }
}
