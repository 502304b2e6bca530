import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Baseline, BaselineEntry } from './baseline.ts'
import { parseBaseline, renderBaseline } from './baseline.ts'
import { TODO, updated } from './baseline-update.ts'
import type { BaselineEntryEvent, Bucket } from './results.ts'
import { SAMPLE_KNOWN, SAMPLE_NEW } from './sample-events.ts'

const SUBJECT = {
  target: 'azurite',
  targetVersion: '3.37.0',
  driver: 'rest',
  apiVersion: '2021-12-02',
  configuration: { loose: 'false' },
}

const step = fc.constantFrom('acquire', 'renew', 'break')
const bucket: fc.Arbitrary<Bucket> = fc
  .record({
    rule: fc.constantFrom('blob.renew.a', 'blob.renew.b', 'container.break.c'),
    field: fc.constantFrom('status', 'code'),
    observed: fc.constantFrom('409', '404', 'none'),
    scenario: fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => ['lc1/blob', ...steps].join('/')),
  })
  .map((each) => ({ ...SAMPLE_NEW, ...each }))
const buckets = fc.uniqueArray(bucket, { selector: ({ rule, field, observed }) => `${rule} ${field} ${observed}` })

const written = fc.record(
  {
    sentence: fc.constantFrom('Azurite forgets the lease.', 'It is late.'),
    issue: fc.constant('https://example.org/1'),
    until: fc.constant('2026-12-31'),
    evidence: fc.constant('recorded'),
    notImplemented: fc.boolean(),
  },
  { requiredKeys: ['sentence'] },
)

/** A baseline that an update made, and that people have since worked on. */
const baseline: fc.Arbitrary<Baseline> = fc.tuple(buckets, fc.infiniteStream(written)).map(([found, texts]) => {
  const made = updated(undefined, SUBJECT, found, []).baseline
  return { ...made, entries: made.entries.map((entry) => ({ ...entry, ...texts.next().value })) }
})

describe('updating a baseline', () => {
  test('with what it lists already changes nothing', () => {
    fc.assert(
      fc.property(baseline, (before) => {
        const { baseline: after, difference } = updated(before, SUBJECT, before.entries.map(knownBucket), [])
        expect(difference).toEqual([])
        expect(renderBaseline(after)).toBe(renderBaseline(before))
        expect(parseBaseline(renderBaseline(after), 'b')).toEqual({ baseline: before })
      }),
    )
  })

  test('lists what was seen and what was not checked, and nothing else; the order of buckets does not matter', () => {
    fc.assert(
      fc.property(baseline, buckets, fc.infiniteStream(fc.boolean()), (before, found, coins) => {
        const unseen = before.entries.filter((entry) => !found.some(same(entry)))
        const checks = unseen.map((entry) => check(entry, coins.next().value ? 'gone' : 'not checked'))
        const { baseline: after, difference } = updated(before, SUBJECT, found, checks)
        const kept = unseen.filter((_, index) => checks[index]!.state === 'not checked')
        expect(after.entries.map(name)).toEqual([...kept, ...found].map(name).sort())
        for (const entry of kept) expect(after.entries).toContainEqual(entry)
        expect(difference.filter((line) => line.startsWith('- '))).toHaveLength(unseen.length - kept.length)
        const fresh = found.filter((each) => !before.entries.some(same(each)))
        expect(difference.filter((line) => line.startsWith('+ '))).toHaveLength(fresh.length)
        expect(updated(before, SUBJECT, [...found].reverse(), checks).baseline).toEqual(after)
      }),
    )
  })

  test('keeps what people wrote, and takes a scenario only if it is shorter', () => {
    fc.assert(
      fc.property(baseline, buckets, (before, found) => {
        const { baseline: after } = updated(before, SUBJECT, found, [])
        for (const old of before.entries) {
          const { scenario, ...rest } = after.entries.find(same(old))!
          const { scenario: was, ...human } = old
          expect(rest).toEqual(human)
          expect(scenario.split('/').length).toBeLessThanOrEqual(was.split('/').length)
          if (scenario !== was) expect(scenario).toBe(found.find(same(old))!.scenario)
        }
      }),
    )
  })

  test('asks for a sentence where there is none yet', () => {
    const { baseline: made, difference } = updated(undefined, SUBJECT, [SAMPLE_NEW], [])
    expect(made.entries).toEqual([
      {
        rule: 'blob.renew.expired.held',
        field: 'status',
        observed: '409 LeaseNotPresentWithLeaseOperation',
        sentence: `${TODO}"renew id=A" gives 409 LeaseNotPresentWithLeaseOperation; expected 200.`,
        scenario: SAMPLE_NEW.scenario,
      },
    ])
    expect(difference).toEqual([
      '+ blob.renew.expired.held, status: 409 LeaseNotPresentWithLeaseOperation (new: write its sentence)',
    ])
  })

  test('says what else changed, and what it leaves to people', () => {
    const made = updated(undefined, SUBJECT, [SAMPLE_NEW, SAMPLE_KNOWN], []).baseline
    const before = { ...made, entries: made.entries.map((entry) => ({ ...entry, until: '2026-01-01' })) }
    const later = { ...SUBJECT, targetVersion: '3.38.0', configuration: {} }
    const shorter = { ...SAMPLE_KNOWN, scenario: 'lc1/blob/break' }
    expect(updated(before, later, [SAMPLE_NEW, shorter], []).difference).toEqual([
      '~ targetVersion: 3.37.0 -> 3.38.0',
      '~ configuration loose: false -> absent',
      '~ blob.break.leased-fixed, x-ms-lease-time: absent (a shorter scenario)',
      '! blob.renew.expired.held, status: 409 LeaseNotPresentWithLeaseOperation (excused until 2026-01-01, which has passed: decide on its date by hand)',
    ])
  })
})

type Named = Pick<BaselineEntry, 'rule' | 'field' | 'observed'>

function name({ rule, field, observed }: Named): string {
  return `${rule} ${field} ${observed}`
}

function same(a: Named): (b: Named) => boolean {
  return (b) => name(a) === name(b)
}

function knownBucket({ rule, field, observed, scenario, sentence }: BaselineEntry): Bucket {
  return { ...SAMPLE_NEW, state: 'known', fails: false, rule, field, observed, scenario, sentence }
}

function check(
  { rule, field, observed, scenario, sentence }: BaselineEntry,
  state: BaselineEntryEvent['state'],
): BaselineEntryEvent {
  return { event: 'baseline-entry', rule, field, observed, state, reason: 'because', scenario, sentence }
}
