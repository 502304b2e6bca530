import { XMLParser } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { renderJunit } from './junit.ts'
import type { ResultEvent } from './results.ts'
import {
  GREEN_EVENTS,
  SAMPLE_CLIENT,
  SAMPLE_EVENTS,
  SAMPLE_FOOTER,
  SAMPLE_HEADER,
  SAMPLE_PROPERTY,
} from './sample-events.ts'

test('new divergences fail with their story, known and unchecked ones are skipped, warnings and gone ones pass', () => {
  const cases = casesOf(SAMPLE_EVENTS)
  const kinds = cases.map((each) => [
    each['@name'],
    ['failure', 'error', 'skipped'].find((kind) => kind in each) ?? 'passed',
  ])
  expect(kinds).toEqual([
    ['the run is complete', 'passed'],
    ['scenarios from tour', 'passed'],
    ['scenarios from random', 'passed'],
    ['scenarios from baseline', 'passed'],
    ['blob.renew.expired.held, status: 409 LeaseNotPresentWithLeaseOperation', 'failure'],
    ['blob.break.leased-fixed, x-ms-lease-time: absent', 'skipped'],
    ['blob.change.broken, status: 500', 'passed'],
    ['container.acquire.malformed, code: Invalid\\u{1b}[31mHeader\\u{7}', 'passed'],
    ['share.acquire.available, status: 500', 'skipped'],
  ])
  const failure = cases.find((each) => 'failure' in each)!.failure
  expect(failure['@message']).toBe('new: "renew id=A" gives 409 LeaseNotPresentWithLeaseOperation; expected 200.')
  expect(failure['#text']).toContain(
    '  >  3  +15 s  renew id=A                      409 LeaseNotPresentWithLeaseOperation\n',
  )
  expect(failure['#text']).toContain(
    "npx leasecheck replay 'lc1/blob/acquire,proposed=A,duration=15/wait,deadline+0ms/renew,id=A'",
  )
})

test('a run that was cut off is an error, however green the rest', () => {
  const [run] = casesOf(GREEN_EVENTS.slice(0, -1))
  expect(run!.error['@message']).toBe('the results end without a footer, so the run was cut off')
  expect(casesOf(GREEN_EVENTS)[0]).not.toHaveProperty('error')
})

test('gone entries fail only where they are what fails the run', () => {
  const onGone = SAMPLE_EVENTS.filter(({ event }) => event !== 'bucket')
  expect(casesOf(onGone).find((each) => 'failure' in each)?.failure['@message']).toBe(
    'gone: its scenario agrees now; remove it from the baseline',
  )
})

test('a difference between two plays stands with its kind and has both commands; a client has a suite of its own', () => {
  const cases = casesOf([SAMPLE_HEADER, SAMPLE_PROPERTY, SAMPLE_CLIENT, SAMPLE_FOOTER])
  const failures = cases.filter((each) => 'failure' in each)
  expect(failures.map((each) => each['@classname'])).toEqual(['leasecheck.share', 'leasecheck.client'])
  expect(failures[0]!.failure['@message']).toBe(
    'new: "break" gives x-ms-lease-time: a longer time; expected x-ms-lease-time: a shorter time, as after one wait.',
  )
  expect(failures[0]!.failure['#text']).toContain("  twin:   npx leasecheck replay 'lc1/share/")
})

// biome-ignore lint/suspicious/noExplicitAny: parsed XML has no type
function casesOf(events: readonly ResultEvent[]): any[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    trimValues: false,
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  })
  return parser
    .parse(renderJunit(events))
    .testsuites.testsuite.flatMap((suite: { testcase: unknown[] }) => suite.testcase)
}
