import { expect, test } from 'vitest'
import {
  GREEN_EVENTS,
  SAMPLE_CLIENT,
  SAMPLE_EVENTS,
  SAMPLE_FOOTER,
  SAMPLE_HEADER,
  SAMPLE_KNOWN,
  SAMPLE_NEW,
  SAMPLE_PROPERTY,
} from '../sample-events.ts'
import { renderBucket, renderPlan, renderSummary } from './index.ts'

test('a new divergence is a story that a newcomer can read and repeat', () => {
  expect(renderBucket(SAMPLE_NEW, { colour: false, header: SAMPLE_HEADER })).toMatchInlineSnapshot(`
    "NEW  blob.renew.expired.held, status (fails the run; seen 12 times)

      "renew id=A" gives 409 LeaseNotPresentWithLeaseOperation; expected 200.

         1   +0 s  acquire proposed=A duration=15  201, lease id A
         2         wait until the deadline +0ms
      >  3  +15 s  renew id=A                      409 LeaseNotPresentWithLeaseOperation
                                                   expected 200
                                                   observed 409 LeaseNotPresentWithLeaseOperation

      why this is expected (settled: recorded, or documented and tested live)
      - REST reference: Lease Blob (documented)
      - Lease tests of the .NET v11 client (LeaseTests.cs), which ran against the live service
        (asserted): renewed after it ran out
      - HTTP sessions with the live service, recorded by the Azure SDK teams (2012 to 2023) (2 recorded
        exchanges)

      repeat: npx leasecheck replay 'lc1/blob/acquire,proposed=A,duration=15/wait,deadline+0ms/renew,id=A'
    "
  `)
})

test('a known divergence says what the baseline says', () => {
  const text = renderBucket(SAMPLE_KNOWN, { colour: false, header: SAMPLE_HEADER })
  expect(text).toMatch(
    /^KNOWN {2}blob\.break\.leased-fixed, x-ms-lease-time \(listed in the baseline, does not fail the run; seen\n/,
  )
  expect(text).toContain(
    'Azurite does not say how long the lease goes on after a break.\n  reported: https://github.com/Azure/Azurite/issues/1767\n',
  )
})

test('the plan tells what will happen', () => {
  expect(renderPlan(SAMPLE_HEADER, { colour: false })).toMatchInlineSnapshot(`
    "leasecheck 0.1.0 checks the leases of azurite 3.37.0
      address       http://127.0.0.1:41873/devstoreaccount1
      kinds         blob, container
      requests      by driver rest, API version 2021-12-02
      clock         virtual: a wait of a minute takes no time
      seed          1
      plan          1,204 scenarios, 9,102 requests; 30 % of them only read the lease back
      baseline      leasecheck-baseline.json
    "
  `)
})

test('the summary of a run with nothing new', () => {
  expect(renderSummary(GREEN_EVENTS, { colour: false, verbose: false })).toMatchInlineSnapshot(`
    "azurite 3.37.0: nothing new; 1 known divergence

    Known divergences, listed in the baseline (1)
      - blob.break.leased-fixed, x-ms-lease-time: absent (40 times)
        Azurite does not say how long the lease goes on after a break.
        https://github.com/Azure/Azurite/issues/1767

    What was checked
      scenarios     1,204, in 6,310 steps
      requests      9,102; 30 % only read the lease back
      deadlines     803 answers depended on a deadline having passed
      operations    5 of 6 exercised; not setTags
      rules         94 of 96 reached (98 %); 1 masked; 1 not reached
                    - masked: blob.renew.expired.held-spelt-otherwise
                    - not reached: blob.delete.breaking
      cells         519 of 530 reached (98 %); 3 masked; 8 not reached
                    - 3 cells masked by blob.renew.expired.held | status | 409
                      LeaseNotPresentWithLeaseOperation
                    - not reached: blob delete | breaking, 1 s left | lease id given: none
                    - not reached: blob delete | breaking, 2 s left | lease id given: none
                    - not reached: blob delete | breaking, 3 s left | lease id given: none
                    - not reached: blob delete | breaking, 4 s left | lease id given: none
                    - not reached: blob delete | breaking, 5 s left | lease id given: none
                    ... and 3 more; --verbose lists them
                    (a cell is a state of the resource together with a request)
                    (masked: it can be reached only through that divergence)
      judged        36,142 fields of answers, by how sure we are of what they should hold:
                    31,020    86 %  settled     recorded, or documented and tested live
                     4,200    12 %  documented  documented or tested, never recorded
                       910     3 %  inferred    our deduction; fails a run only with --strict
                        12   < 1 %  open        nobody knows what is right

    Exit status 0: nothing new, after 7.4 s.
    "
  `)
})

test('long lists are folded with a hint, and --verbose opens them', () => {
  const folded = renderSummary(SAMPLE_EVENTS, { colour: false, verbose: false })
  expect(folded).toContain('... and 3 more; --verbose lists them')
  expect(folded).not.toContain('lease id given: former')
  const open = renderSummary(SAMPLE_EVENTS, { colour: false, verbose: true })
  expect(open).not.toContain('--verbose lists them')
  for (const { cell } of SAMPLE_FOOTER.cells.masked) expect(open).toContain(cell)
  for (const cell of SAMPLE_FOOTER.cells.unreached) expect(open).toContain(cell)
})

test('every new divergence is in the summary, however many there are', () => {
  const many = Array.from({ length: 50 }, (_, place) => ({ ...SAMPLE_NEW, rule: `blob.renew.${place}` }))
  const summary = renderSummary([SAMPLE_HEADER, ...many, SAMPLE_FOOTER], { colour: false, verbose: false })
  for (const { rule } of many) expect(summary).toContain(`${rule},`)
})

test('a difference between two plays says what should have been alike, and how to see both', () => {
  expect(renderBucket(SAMPLE_PROPERTY, { colour: false, header: SAMPLE_HEADER })).toMatchInlineSnapshot(`
    "NEW  share.property.waits-add-up, x-ms-lease-time (fails the run; seen 2 times)

      "break" gives x-ms-lease-time: a longer time; expected x-ms-lease-time: a shorter time, as after
      one wait.

         1   +0 s  acquire proposed=A duration=60  201, lease id A
         2         wait 5000ms
         3   +5 s  getShareProperties              200, leased locked fixed
         4         wait 5000ms
      >  5  +10 s  break                           202, lease time 55
                                                   expected x-ms-lease-time: a shorter time, as after
                                                   one wait
                                                   observed x-ms-lease-time: a longer time

      why this is expected (documented: documented or tested, never recorded)
      - Our own deduction: a lease ends at an instant, however often somebody has looked before

      repeat: npx leasecheck replay 'lc1/share/acquire,proposed=A,duration=60/wait,10000ms/break'
      twin:   npx leasecheck replay 'lc1/share/acquire,proposed=A,duration=60/wait,5000ms/getShareProperties/wait,5000ms/break'
    "
  `)
})

test('what a client library got wrong is told like what a server got wrong, with the driver that shows it', () => {
  const header = { ...SAMPLE_HEADER, target: { name: 'reference', version: '0.1.0' }, driver: 'js' }
  const text = renderBucket(SAMPLE_CLIENT, { colour: false, header })
  expect(text).toContain('"getContainerProperties id=A" gives no x-ms-lease-id; expected x-ms-lease-id: as asked.\n')
  expect(text).toContain("npx leasecheck replay 'lc1/container/getContainerProperties,id=A' reference --driver js\n")
  expect(text).not.toContain('twin:')
})

test('the summary has the twin of a new divergence, and counts what was played beyond the plan', () => {
  const footer = { ...SAMPLE_FOOTER, scenarios: 1300 }
  const summary = renderSummary([SAMPLE_HEADER, SAMPLE_PROPERTY, footer], { colour: false, verbose: false })
  expect(summary).toMatch(/^ {4}repeat: npx leasecheck replay 'lc1\/share\/acquire,.*\/wait,10000ms\/break'$/m)
  expect(summary).toMatch(/^ {4}twin: {3}npx leasecheck replay 'lc1\/share\/.*\/wait,5000ms\/break'$/m)
  expect(summary).toContain('scenarios     1,300 (1,204 planned, and 96 more), in 6,310 steps\n')
  const short = renderSummary([SAMPLE_HEADER, { ...footer, scenarios: 40 }], { colour: false, verbose: false })
  expect(short).toContain('scenarios     40 of 1,204 planned, in')
})
