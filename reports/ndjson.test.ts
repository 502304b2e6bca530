import { describe, expect, test } from 'vitest'
import { parseResults, serialise, stable } from './ndjson.ts'
import { GREEN_EVENTS, SAMPLE_EVENTS, SAMPLE_FOOTER, SAMPLE_HEADER, SAMPLE_WARNING } from './sample-events.ts'

const LINES = SAMPLE_EVENTS.map(serialise)
const TEXT = LINES.join('')

describe('a results file', () => {
  test('is complete with a footer that says so', () => {
    expect(parseResults(TEXT)).toEqual({
      events: SAMPLE_EVENTS,
      header: SAMPLE_HEADER,
      footer: SAMPLE_FOOTER,
      incomplete: undefined,
    })
    expect(parseResults(TEXT.trimEnd()), 'without its last line end').toEqual(parseResults(TEXT))
  })

  test('is incomplete without a footer, or if the footer says so', () => {
    expect(parseResults(LINES.slice(0, -1).join(''))).toMatchObject({
      events: SAMPLE_EVENTS.slice(0, -1),
      footer: undefined,
      incomplete: /footer/,
    })
    const interrupted = serialise({ ...SAMPLE_FOOTER, complete: false, reason: 'interrupted' })
    expect(parseResults([...LINES.slice(0, -1), interrupted].join(''))).toMatchObject({ incomplete: 'interrupted' })
  })

  test('is incomplete wherever it is cut off behind its header', () => {
    const first = LINES[0]!.length
    for (let length = first; length < TEXT.length - 1; length += 7) {
      const read = parseResults(TEXT.slice(0, length))
      expect(read, `after ${length} characters`).toMatchObject({ incomplete: /cut off/ })
    }
    for (const length of [0, 10, first - 2])
      expect(parseResults(TEXT.slice(0, length))).toMatchObject({ error: /cut off in its first line/ })
  })

  const [header = '', verdict = ''] = LINES
  test.each([
    [
      'a damaged line',
      `${header}{"event":"verd\n${verdict}`,
      /^results.ndjson, line 2: it is damaged: .*\{"event":"verd/,
    ],
    ['an empty line', `${header}\n${verdict}`, /line 2: it is damaged/],
    [
      'an unknown event',
      `${header}{"event":"verdikt"}\n`,
      /line 2: it is no event of these results: event is "verdikt"/,
    ],
    [
      'a missing field',
      `${header}${verdict.replace('"requests":4,', '')}`,
      /line 2: .*requests is missing; expected a number/,
    ],
    [
      'another format',
      header.replace('leasecheck-results', 'other'),
      /line 1: its format is "other"; expected "leasecheck-results"/,
    ],
    [
      'another version',
      header.replace('"version":1', '"version":9'),
      /line 1: it has version 9 of the format and this leasecheck reads version 1/,
    ],
    ['a missing header', verdict, /line 1: it begins with a verdict; expected a header/],
    ['two files in one', TEXT + TEXT, /line 12: a second header; join .* leasecheck merge/],
    ['something after the footer', TEXT + verdict, /line 12: a verdict after the footer/],
    ['something cut off after the footer', `${TEXT}{"ev`, /line 12: there is text after the footer/],
  ])('with %s is refused by a sentence that names the line', (_, text, error) => {
    expect(parseResults(text, 'results.ndjson')).toEqual({ error: expect.stringMatching(error) })
  })
})

describe('stable output', () => {
  test('hides what differs between two runs: times, ports, generated ids', () => {
    const again = GREEN_EVENTS.map((event) => {
      switch (event.event) {
        case 'header':
          return {
            ...event,
            startedAt: '2027-01-01T00:00:00.000Z',
            target: { ...event.target, url: 'http://127.0.0.1:50123/devstoreaccount1' },
          }
        case 'verdict':
        case 'footer':
          return { ...event, durationMs: 99 }
        default:
          return event
      }
    })
    expect(again).not.toEqual(GREEN_EVENTS)
    expect(again.map((event) => stable(event))).toEqual(GREEN_EVENTS.map((event) => stable(event)))
  })

  test('still shows which generated ids are the same', () => {
    const [one, other] = ['1f812371-a41d-49e6-b123-f4b542e851c5', '2f812371-a41d-49e6-b123-f4b542e851c5']
    const story = [one, other, one.toUpperCase()].map((id) => ({
      ...SAMPLE_WARNING.story[0]!,
      answer: `201, lease id ${id}`,
    }))
    const masked = stable({ ...SAMPLE_WARNING, story })
    expect(masked).toMatchObject({ story: ['id-1', 'id-2', 'id-1'].map((id) => ({ answer: `201, lease id ${id}` })) })
  })

  test('keeps offsets on virtual time, where they are exact, and hides them on wall time', () => {
    expect(stable(SAMPLE_WARNING, 'virtual')).toMatchObject({ story: [{ atMs: 14_999 }] })
    expect(stable(SAMPLE_WARNING, 'wall')).toMatchObject({ story: [{ atMs: 0 }] })
  })

  test('hides ports and run ids in reasons', () => {
    const reason = 'http://127.0.0.1:41873 died while leasecheck-k3x9-7 was open; 127.0.0.1:41873 refused'
    expect(stable({ ...SAMPLE_FOOTER, reason })).toMatchObject({
      reason: 'http://127.0.0.1:0 died while leasecheck-run-7 was open; 127.0.0.1:0 refused',
    })
  })
})
