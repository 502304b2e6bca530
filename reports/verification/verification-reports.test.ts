import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { documentOf, VERIFICATION } from './document.ts'
import { renderVerificationJunit } from './junit.ts'
import { renderVerificationMarkdown } from './markdown.ts'
import { renderVerification } from './terminal.ts'
import { VERIFICATION_EVENT, type VerificationEvent, type VerificationFooter } from './verification.ts'

/** File names and answers of servers may hold anything. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom('\u001b[31mred', '"/><x>', ']]>', '```', '| a | b', '\r\n', '', '<!--', '\u2028'),
)
const word = fc.stringMatching(/^[a-z][a-z.-]{0,30}$/)
const level = fc.constantFrom('settled' as const, 'documented' as const, 'inferred' as const, 'open' as const)
const signature = { rule: word, field: fc.constantFrom('status', 'code', 'x-ms-lease-time'), observed: text }
const seenAt = fc.record(
  { file: text, place: text, request: text, recording: text },
  { requiredKeys: ['file', 'place', 'request'] },
)
const evidence = fc.record(
  {
    source: fc.constantFrom('lease-blob', 'of a later version'),
    kind: fc.constantFrom('doc' as const, 'recording' as const),
    note: text,
  },
  { requiredKeys: ['source', 'kind'] },
)

const divergence: fc.Arbitrary<VerificationEvent> = fc
  .record(
    {
      event: fc.constant('divergence' as const),
      ...signature,
      state: fc.constantFrom('new' as const, 'known' as const),
      expected: text,
      level,
      fails: fc.boolean(),
      count: fc.nat(),
      evidence: fc.array(evidence, { maxLength: 2 }),
      examples: fc.array(seenAt, { maxLength: 3 }),
      seenIn: fc.array(fc.record({ file: text, place: text }), { maxLength: 3 }),
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
        'evidence',
        'examples',
        'seenIn',
      ],
    },
  )
  .map((each) => ({ ...each, fails: each.fails && each.state === 'new' }))

const other: fc.Arbitrary<VerificationEvent> = fc.oneof(
  fc.record({ event: fc.constant('unreadable' as const), file: text, sentence: text }),
  fc.record({
    event: fc.constant('baseline-entry' as const),
    ...signature,
    state: fc.constantFrom('gone' as const, 'not checked' as const),
    reason: text,
    sentence: text,
  }),
  fc.record({
    event: fc.constant('rule' as const),
    rule: word,
    exchanges: fc.nat(),
    recordings: fc.nat(),
    standingFor: fc.nat(),
    amongOthers: fc.nat(),
    answers: fc.array(fc.record({ answer: text, exchanges: fc.nat() }), { maxLength: 2 }),
    examples: fc.array(seenAt, { maxLength: 2 }),
  }),
  fc.record({
    event: fc.constant('exchange' as const),
    file: text,
    place: text,
    request: text,
    result: fc.constantFrom('unexplained' as const, 'known' as const, 'not judgeable' as const),
    leaseOperation: fc.boolean(),
    divergences: fc.array(fc.record({ ...signature, expected: text, level }), { maxLength: 2 }),
  }),
)

const tally = fc.record({
  exchanges: fc.nat(),
  explained: fc.nat(),
  unexplained: fc.nat(),
  known: fc.nat(),
  notJudgeable: fc.nat(),
  hierarchical: fc.nat(),
  beside: fc.nat(),
})

const footer: fc.Arbitrary<VerificationFooter> = fc.record(
  {
    event: fc.constant('footer' as const),
    complete: fc.boolean(),
    reason: text,
    files: fc.record({ judged: fc.nat(), unreadable: fc.nat(), passedOver: fc.nat(), left: fc.nat() }),
    recordings: fc.nat(),
    standingFor: fc.nat(),
    all: tally,
    leaseOperations: tally,
    formats: fc.array(fc.record({ format: word, recordings: fc.nat(), all: tally, leaseOperations: tally }), {
      maxLength: 2,
    }),
    notJudgeable: fc.array(
      fc.record({
        reason: word,
        sentence: text,
        exchanges: fc.nat(),
        leaseOperations: fc.nat(),
        examples: fc.array(seenAt, { maxLength: 2 }),
      }),
      { maxLength: 3 },
    ),
    judged: fc.record({ settled: fc.nat(), documented: fc.nat(), inferred: fc.nat(), open: fc.nat() }),
    divergences: fc.record({ new: fc.nat(), known: fc.nat(), failing: fc.nat() }),
    entries: fc.record({ gone: fc.nat(), notChecked: fc.nat() }),
    exitStatus: fc.constantFrom(0, 3, 4),
    durationMs: fc.nat(),
  },
  {
    requiredKeys: [
      'event',
      'complete',
      'files',
      'recordings',
      'standingFor',
      'all',
      'leaseOperations',
      'formats',
      'notJudgeable',
      'judged',
      'divergences',
      'entries',
      'exitStatus',
      'durationMs',
    ],
  },
)

const HEADER: VerificationEvent = {
  event: 'header',
  format: 'leasecheck-verification',
  version: 1,
  leasecheck: '0.1.0',
  paths: ['recordings'],
  strict: false,
  baseline: null,
  startedAt: '2026-03-01T12:00:00.000Z',
}

/** As the command writes them: what is new and fails makes the status 1, what is unreadable at least 2, an interruption 130. */
const events: fc.Arbitrary<VerificationEvent[]> = fc
  .tuple(fc.array(fc.oneof(divergence, other), { maxLength: 12 }), footer)
  .map(([middle, last]) => {
    const fails = middle.some((event) => event.event === 'divergence' && event.fails)
    const isUnreadable = middle.some(({ event }) => event === 'unreadable')
    const own = isUnreadable && last.exitStatus === 0 ? 2 : last.exitStatus
    return [HEADER, ...middle, { ...last, exitStatus: !last.complete ? 130 : fails ? 1 : own }]
  })

describe('whatever recordings hold', () => {
  test('events and the document follow their schemas', () => {
    fc.assert(
      fc.property(events, (written) => {
        for (const event of written) expect(VERIFICATION_EVENT.parse(JSON.parse(JSON.stringify(event)))).toEqual(event)
        const document = documentOf(written, true)
        expect(VERIFICATION.parse(document)).toEqual(document)
      }),
    )
  })

  test('the terminal gets no escape codes unless asked for, and no line of more than 100 columns but places', () => {
    fc.assert(
      fc.property(events, fc.boolean(), (written, quiet) => {
        const shown = renderVerification(written, { colour: false, quiet })
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
        for (const line of shown.split('\n'))
          if (!/^ +(?:seen in |e\.g\. )|^ {16}.*#/.test(line)) expect(line.length, line).toBeLessThanOrEqual(100)
        expect(stripVTControlCharacters(renderVerification(written, { colour: true, quiet }))).toBe(shown)
      }),
    )
  })

  test('Markdown holds no control characters and no HTML of others', () => {
    fc.assert(
      fc.property(events, (written) => {
        const markdown = renderVerificationMarkdown(written)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(markdown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
        const outsideCode = markdown
          .replace(/^(`{3,}).*\n[\s\S]*?\n\1$/gm, '')
          .replace(/(`+)[^`][\s\S]*?[^`]?\1(?!`)/g, '')
        expect(outsideCode.replace(/<\/?(?:details|summary)>/g, '')).not.toMatch(/<[a-z!/]/i)
      }),
    )
  })

  test('JUnit XML is valid, and red if and only if the exit status is not 0', () => {
    fc.assert(
      fc.property(events, (written) => {
        const xml = renderVerificationJunit(written)
        expect(XMLValidator.validate(xml)).toBe(true)
        const { testsuites } = PARSER.parse(xml)
        const last = written.at(-1)!
        const isRed = Number(testsuites['@failures']) + Number(testsuites['@errors']) > 0
        expect(isRed).toBe(last.event !== 'footer' || last.exitStatus !== 0)
      }),
    )
  })
})

const PARSER = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@' })
