import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClientCheck, DocumentedClaim, Prediction, ScenarioCheck } from '../../../model/claims/documented-claim.ts'
import { CLAIMS } from '../../../model/claims/documented-claims.ts'
import { evaluateCheck, scenarioOf } from '../../../model/claims/evaluate-check.ts'
import { compile } from '../../../model/compiled-rules.ts'
import { readToken, tokenOf } from '../../../model/notation.ts'
import type { ResourceKind } from '../../../model/resource.ts'
import { RULES } from '../../../model/rules/index.ts'
import { isWait, type OperationStep, type Scenario } from '../../../model/scenario.ts'
import type { Answer } from '../../../model/trace.ts'
import { findBaseline } from '../../cli/baseline-file.ts'
import { Session } from '../../cli/session.ts'
import { startReference } from '../../targets/reference.ts'
import type { Target } from '../../targets/target.ts'
import { expressesIn } from '../clients/call-table.ts'
import { clientDriver } from '../clients/client-driver.ts'
import type { ClientLibrary } from '../clients/client-library.ts'
import { lineLibrary } from '../protocol/line-library.ts'
import { pythonCommand } from './python-set-up.ts'

const HAS_SDK = process.env.LEASECHECK_PYTHON !== undefined
const RULES_OF_OURS = compile(RULES)

/** What the guide and the reference pages of the Python packages say, and a summary of these. */
const isOfPython = ({ says }: DocumentedClaim) =>
  says.some(({ source }) => /^python-|^share-lease-summary$/.test(source))
const PYTHON_CLAIMS = CLAIMS.filter(isOfPython)

/** Each check of a claim for each kind that it is about. */
const CHECKS = PYTHON_CLAIMS.flatMap(({ id, checks }) =>
  checks.flatMap((check) => check.kinds.map((kind) => ({ title: `${id}: ${kind}`, check, kind }))),
)
const OF_THE_SERVER = CHECKS.flatMap(({ title, check, kind }) =>
  check.ask === 'the server' ? [[title, check, kind] as const] : [],
)
const OF_THE_CLIENT = CHECKS.flatMap(({ title, check, kind }) =>
  check.ask === 'the client' ? [[title, check, kind] as const] : [],
)

describe.skipIf(!HAS_SDK).each(['python', 'python-aio'])(
  `what the Python documentation claims, by the clients of %s${HAS_SDK ? '' : ', without LEASECHECK_PYTHON'}`,
  (name) => {
    let target: Target
    let library: ClientLibrary
    let session: Session
    const known = new Set(knownOf(name))
    beforeAll(async () => {
      const set = { aio: name === 'python-aio', sdkVersion: undefined, offline: true, onProgress: () => {} }
      library = await lineLibrary(await pythonCommand(set))
      target = await startReference({ processes: 1 })
      const driver = { open: clientDriverOf(library), expresses: expressesIn(library) }
      session = new Session(target, library.apiVersion, `claims-${name}`, new AbortController(), driver)
    })
    afterAll(async () => {
      await session.close()
      await library.close()
    })

    /** Plays a scenario; what the clients do wrong is listed in their baseline. */
    async function played(scenario: Scenario) {
      const { play } = await session.play(scenario)
      const wrong = play.verdicts.flatMap(({ divergences }) => divergences)
      expect(wrong.filter(({ rule, observed }) => !known.has(`${rule} ${observed}`))).toEqual([])
      return { last: play.trace.at(-1)!, isKnownToDiffer: wrong.length > 0 }
    }

    test.each(OF_THE_SERVER)('%s', async (_, check, kind) => {
      const scenario = scenarioOf(check, kind)
      const unsayable = notSaid(scenario, library)
      if (unsayable !== undefined) return expect(CANNOT_SAY).toContain(`${kind}: ${unsayable}`)
      const { last, isKnownToDiffer } = await played(scenario)
      if (isKnownToDiffer) return
      const answer = last.exchanges.at(-1)?.answer
      const { verdict } = evaluateCheck(RULES_OF_OURS, check, kind)
      if (verdict !== 'open')
        expect([tokenOf(scenario), holds(check, answer!)]).toEqual([tokenOf(scenario), verdict === 'true'])
    })

    test.each(OF_THE_CLIENT)('%s', async (_, check, kind) => {
      const { last } = await played(scenarioFor(check, kind))
      expect((last.call as OperationStep).do).toBe(check.of)
    })
  },
)

test('every claim of the Python documentation can be checked', () => {
  expect(PYTHON_CLAIMS.length).toBeGreaterThan(30)
  expect(PYTHON_CLAIMS.filter(({ checks }) => checks.every(({ ask }) => ask === 'nobody'))).toEqual([])
})

/** Steps for which the Python clients have no call; each is said by plain HTTP elsewhere. */
const CANNOT_SAY = [
  // The lease of a file breaks without a period, and a break is sent without a lease id: the calls have no parameter for them.
  'file: break,period=30',
  ...['blob', 'container', 'share', 'file'].map((kind) => `${kind}: break,id=B`),
  // A lease client always has an id, so a release carries one.
  ...['blob', 'container', 'share', 'file'].map((kind) => `${kind}: release`),
]

function clientDriverOf(library: ClientLibrary) {
  return (options: Parameters<typeof clientDriver>[0]) => clientDriver(options, library)
}

/** The first step that the clients have no call for. */
function notSaid({ world, steps }: Scenario, library: ClientLibrary): string | undefined {
  const expresses = expressesIn(library)
  const kinds = new Map(world.map(({ name, kind }) => [name, kind]))
  const unsaid = steps.find((step) => !isWait(step) && expresses(step, kinds.get(step.on)!, world) === 'not at all')
  return (
    unsaid &&
    tokenOf({ world, steps: [unsaid] })
      .split('/')
      .at(-1)
  )
}

/** A call of the sort that a claim about clients is about. */
function scenarioFor({ of, field }: ClientCheck, kind: ResourceKind): Scenario {
  const left = field === 'x-ms-lease-duration' ? 'acquire' : 'acquire,duration=-1'
  const held = 'acquire,proposed=A,duration=-1'
  const steps = of === 'acquire' ? left : `${held}/${of},id=A`
  const read = readToken(`lc1/${kind}/${steps}`)
  if ('error' in read) throw new Error(read.error)
  return read.scenario
}

/** Whether an answer is as a claim predicts. */
function holds({ expects }: Pick<ScenarioCheck, 'expects'>, { status, code, headers }: Answer): boolean {
  const { status: expected, code: codes, headers: told = {} }: Prediction = expects
  const isSuccess = status < 300
  return (
    (expected === undefined || expected === status || expected === (isSuccess ? 'success' : 'refusal')) &&
    (codes === undefined || [codes].flat().includes(code ?? '')) &&
    Object.entries(told).every(([header, values]) => [values].flat().includes(headers[header] ?? 'absent'))
  )
}

/** What the clients are known to do wrong on a server that is right. */
function knownOf(driver: string): readonly string[] {
  const { entries = [] } = findBaseline(undefined, 'reference', '', false, driver).baseline ?? {}
  return entries.map(({ rule, observed }) => `${rule} ${observed}`)
}
