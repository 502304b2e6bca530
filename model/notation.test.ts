import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readToken, tokenOf } from './notation.ts'
import { OPERATION_NAMES } from './operation.ts'
import type { Scenario, Step } from './scenario.ts'
import { WORLDS } from './usual-worlds.ts'

const symbols = fc.oneof(
  fc.constantFrom('A', 'B', 'held', 'former@N', 'fresh@upper', 'C@B', 'D@P'),
  fc.string({ unit: 'binary-ascii' }).map((text) => `malformed:${text}`),
)
const steps = (on: string): fc.Arbitrary<Step> =>
  fc.oneof(
    fc
      .record(
        {
          do: fc.constantFrom(...OPERATION_NAMES),
          leaseId: symbols,
          proposedLeaseId: symbols,
          duration: fc.string(),
          breakPeriod: fc.string(),
        },
        { requiredKeys: ['do'] },
      )
      .map((step) => ({ ...step, on })),
    fc
      .record({ wait: fc.constantFrom('for' as const, 'until deadline' as const), ms: fc.nat({ max: 100_000 }) })
      .map((step) => ({ ...step, on })),
  )
const scenarios: fc.Arbitrary<Scenario> = fc.constantFrom(...Object.values(WORLDS)).chain((world) =>
  fc.record({
    world: fc.constant(world),
    steps: fc.array(fc.constantFrom(...world.map(({ name }) => name)).chain(steps)),
  }),
)

describe('a replay token', () => {
  test('says everything that the scenario says', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        expect(readToken(tokenOf(scenario))).toEqual({ scenario })
      }),
    )
  })

  test('needs no quoting in a shell but for its characters / , = : @ % + -', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        expect(tokenOf(scenario)).toMatch(/^[A-Za-z0-9/,=:@%+._-]*$/)
      }),
    )
  })

  test('stays readable', () => {
    const world = WORLDS.blob!
    const on = 'blob'
    expect(
      tokenOf({
        world,
        steps: [
          { do: 'acquire', on, proposedLeaseId: 'A', duration: '15' },
          { wait: 'until deadline', on, ms: -1 },
          { wait: 'for', on, ms: 5000 },
          { do: 'getContainerProperties', on: 'container' },
          { do: 'renew', on, leaseId: 'A@N' },
        ],
      }),
    ).toBe(
      'lc1/blob/acquire,proposed=A,duration=15/wait,deadline-1ms/wait,5000ms/getContainerProperties,on=container/renew,id=A@N',
    )
  })

  test('names its resources where the world is an unusual one', () => {
    const scenario: Scenario = {
      world: [
        { name: 'photos', kind: 'container', condition: 'present' },
        { name: 'cat', kind: 'blob', parent: 'photos', condition: 'absent' },
        { name: 'dog', kind: 'blob', parent: 'photos', condition: 'present' },
      ],
      steps: [{ do: 'getBlob', on: 'cat' }],
    }
    const token = 'lc1/photos:container:present,cat:blob:absent:photos,dog:blob:present:photos/getBlob,on=cat'
    expect(tokenOf(scenario)).toBe(token)
    expect(readToken(token)).toEqual({ scenario })
  })

  test.each([
    ['', /begins with lc1/],
    ['lc2/blob/renew', /begins with "lc2"/],
    ['lc1', /names no world/],
    ['lc1/queue/renew', /"queue" is no world/],
    ['lc1/blob/refresh', /step 1 is "refresh", which is no operation/],
    ['lc1/blob/renew,id=Z', /step 1: "Z" names no lease id/],
    ['lc1/blob/renew,lease=A', /step 1 has "lease=A"/],
    ['lc1/blob/renew/wait,soon', /step 2 waits for "soon"/],
    ['lc1/blob/renew,id=malformed:%zz', /not percent-encoded/],
    ['lc1/blob/renew,on=nowhere', /no resource nowhere/],
  ])('%j is refused in a sentence that names the fix', (token, message) => {
    expect(readToken(token)).toEqual({ error: expect.stringMatching(message) })
  })
})
