import { describe, expect, test } from 'vitest'
import { CLIENT_RULES } from '../client/client-rules.ts'
import { type Claim, claim, doc, type Evidence, inferred, inPart, liveTrace, recorded, sdkTest } from './evidence.ts'
import { RULES } from './index.ts'

interface Named {
  readonly name: string
  readonly claim: Claim<unknown>
}

const CLAIMS: readonly Named[] = [
  ...RULES.flatMap(({ id, expect: outcomes }) =>
    outcomes.flatMap(({ status, code, headers, next, clock }) => [
      { name: `${id}, status`, claim: status },
      { name: `${id}, code`, claim: code },
      ...headers.map((each) => ({ name: `${id}, ${each.header}`, claim: each })),
      { name: `${id}, next`, claim: next },
      { name: `${id}, clock`, claim: clock },
    ]),
  ),
  ...CLIENT_RULES.map(({ id, expect: expected }) => ({ name: id, claim: expected })),
]

/** The kinds of evidence that are of all that a claim speaks of. */
function kindsOf(evidence: readonly Evidence[]): ReadonlySet<Evidence['kind']> {
  return new Set(evidence.flatMap((each) => (each.inPart === undefined ? [each.kind] : [])))
}

function isSeen(kinds: ReadonlySet<Evidence['kind']>): boolean {
  return kinds.has('recording') || kinds.has('live-trace') || (kinds.has('doc') && kinds.has('sdk-test'))
}

function isTold(kinds: ReadonlySet<Evidence['kind']>): boolean {
  return kinds.has('doc') || kinds.has('sdk-test')
}

function named(fits: (claim: Claim<unknown>) => boolean): readonly string[] {
  return CLAIMS.filter((each) => fits(each.claim)).map(({ name }) => name)
}

describe('every claim of the servers and of the clients is as sure as its evidence', () => {
  test('settled: somebody saw it, or a page tells it and a test against the service asserts it', () => {
    expect(named(({ level, evidence }) => level === 'settled' && !isSeen(kindsOf(evidence)))).toEqual([])
  })

  test('documented: a page or a test tells it, and nobody saw it', () => {
    const isWrong = ({ level, evidence }: Claim<unknown>) =>
      level === 'documented' && (!isTold(kindsOf(evidence)) || isSeen(kindsOf(evidence)))
    expect(named(isWrong)).toEqual([])
  })

  test('inferred: nobody tells it and nobody saw it, and why we think so is said', () => {
    const isWrong = ({ level, evidence }: Claim<unknown>) =>
      level === 'inferred' && (isTold(kindsOf(evidence)) || isSeen(kindsOf(evidence)) || evidence.length === 0)
    expect(named(isWrong)).toEqual([])
  })

  test('open: several values are plausible, and no recording decides', () => {
    const isWrong = ({ level, evidence, values }: Claim<unknown>) =>
      level === 'open' && (isSeen(kindsOf(evidence)) || values.length < 2)
    expect(named(isWrong)).toEqual([])
  })
})

test('evidence of a part supports a claim and raises its level not at all', () => {
  expect(claim(412, inPart(recorded(7, 'of one class'))).level).toBe('inferred')
  expect(claim(412, inPart(liveTrace('live-issues')), inferred('as there')).level).toBe('inferred')
  expect(claim(412, doc('lease-blob'), inPart(recorded(7))).level).toBe('documented')
  expect(claim(412, doc('lease-blob'), inPart(sdkTest('net-v11-lease-tests'))).level).toBe('documented')
  expect(claim(412, doc('lease-blob'), sdkTest('net-v11-lease-tests'), inPart(recorded())).level).toBe('settled')
})

test('evidence of a part says of which', () => {
  const silent = CLAIMS.filter((each) =>
    each.claim.evidence.some((one) => one.inPart === true && one.kind === 'recording' && one.note === undefined),
  )
  expect(silent.map(({ name }) => name).filter((name) => !/\.(before-)?20/.test(name))).toEqual([])
})
