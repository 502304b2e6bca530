import { afterAll, beforeAll, expect, test } from 'vitest'
import { compile } from '../../../model/compiled-rules.ts'
import { RULES } from '../../../model/rules/index.ts'
import { NEWEST_VERSION } from '../../../model/service-version.ts'
import type { Driver } from '../../drivers/driver.ts'
import { restDriver } from '../../drivers/rest.ts'
import { startReference } from '../../targets/reference.ts'
import type { Target } from '../../targets/target.ts'
import type { RecordedSession } from '../importing/condensed/recorded-session.ts'
import { differs, renderReplay } from './replay-report.ts'
import { replaySession } from './replay-session.ts'
import { scriptOf } from './session-script.ts'

const rules = compile(RULES)
let target: Target
let driver: Driver

beforeAll(async () => {
  target = await startReference()
  driver = restDriver({ endpoint: target.endpoints[0]!, apiVersion: NEWEST_VERSION })
}, 30_000)
afterAll(async () => {
  await driver.close()
  await target.close()
})

type Steps = RecordedSession['steps']

/** A lease of a blob: acquired, renewed, changed, broken, and lost. */
const BLOB_LEASE: Steps = [
  { r: 'container1', op: 'PUT restype=container', st: 201, dt: 0 },
  { r: 'blob1', op: 'PUT BlockBlob', st: 201, dt: 0 },
  { r: 'blob1', op: 'lease:acquire', st: 201, dur: '15', rid: 'L1', dt: 0 },
  { r: 'blob1', op: 'PUT comp=metadata', st: 412, code: 'LeaseIdMissing', dt: 1 },
  // Of some answers only the status was recorded.
  { r: 'blob1', op: 'lease:acquire', st: 409, dur: '15', dt: 1 },
  { r: 'blob1', op: 'lease:renew', st: 200, id: 'L1', rid: 'L1', dt: 9 },
  { r: 'blob1', op: 'lease:change', st: 200, id: 'L1', prop: 'L2', rid: 'L2', dt: 10 },
  { r: 'blob1', op: 'lease:break', st: 202, bp: '5', time: '5', dt: 11 },
  { r: 'blob1', op: 'HEAD', st: 200, state: 'breaking', status: 'locked', dt: 11 },
  { r: 'blob1', op: 'GET', st: 206, state: 'broken', status: 'unlocked', dt: 16 },
  { r: 'blob1', op: 'PUT comp=metadata', st: 412, id: 'L2', code: 'LeaseLost', dt: 16 },
  { r: 'container1', op: 'DELETE restype=container', st: 202, dt: 17 },
]

/** A lease of a file, in the words of another server: its lease time is off, and a wrong id is refused with another code. */
const FILE_LEASE: Steps = [
  { r: 'share1', op: 'PUT restype=share', st: 201, dt: 0 },
  { r: 'file1', op: 'PUT', st: 201, dt: 0 },
  { r: 'file1', op: 'lease:acquire', st: 201, prop: 'L1', dur: '-1', rid: 'L1', dt: 0 },
  { r: 'file1', op: 'PUT comp=range', st: 412, id: 'L2', code: 'LeaseLost', dt: 0 },
  { r: 'file1', op: 'lease:break', st: 202, time: '20', dt: 0 },
]

/** A blob that comes back, as it does where blobs are deleted softly: here they are not. */
const UNDELETED: Steps = [
  { r: 'container1', op: 'PUT restype=container', st: 201, dt: 0 },
  { r: 'blob1', op: 'PUT BlockBlob', st: 201, dt: 0 },
  { r: 'blob1', op: 'DELETE', st: 202, dt: 1 },
  { r: 'blob1', op: 'PUT comp=undelete', st: 200, dt: 1 },
  { r: 'blob1', op: 'HEAD', st: 200, state: 'available', status: 'unlocked', dt: 1 },
]

let sessions = 0

async function outcomeOf(steps: Steps, version = '2020-02-10') {
  const session: RecordedSession = { path: 'by hand', count: 1, versions: [version], hns: false, steps }
  const script = scriptOf(session)
  const stage = { rules, driver, startMs: Date.UTC(2030, 0, 1) }
  const replay = await replaySession(stage, script, version, `byhand${++sessions}`)
  return { session, aside: script.aside, replays: [replay] }
}

const resultsOf = ({ replays }: Awaited<ReturnType<typeof outcomeOf>>) =>
  replays[0]!.steps.map(({ result, differing }) => (result === 'as recorded' ? result : `${result}: ${differing}`))

test('a session of the real service is answered as recorded, ids and time included', async () => {
  const outcome = await outcomeOf(BLOB_LEASE)
  expect(resultsOf(outcome)).toEqual(BLOB_LEASE.map(() => 'as recorded'))
  expect(outcome.replays[0]!.steps.map(({ verdict }) => verdict?.result)).toEqual(BLOB_LEASE.map(() => 'agreed'))
})

test('a session of a wrong server differs, and the model says why', async () => {
  const outcome = await outcomeOf(FILE_LEASE)
  expect(resultsOf(outcome).slice(3)).toEqual(['differs: code', 'differs: x-ms-lease-time'])
  expect(differs(outcome)).toBe(true)
  const report = renderReplay([outcome])
  expect(report).toContain('differing              1')
  expect(report).toContain('code: expected LeaseIdMismatchWithFileOperation, recorded LeaseLost')
  expect(report).toContain('recorded  202 time 20')
})

test('where the recorded answer is one of several, another one ends the comparison and is no difference', async () => {
  const outcome = await outcomeOf(UNDELETED, '2018-03-28')
  expect(resultsOf(outcome)).toEqual(['as recorded', 'as recorded', 'as recorded', 'permitted: status'])
  expect(differs(outcome)).toBe(false)
  expect(renderReplay([outcome])).toContain('permitted otherwise    1 ')
})
