import { type Operation, operation } from '../../model/operation.ts'
import type { Level } from '../../model/rules/evidence.ts'
import type { Answer } from '../../model/trace.ts'
import type { ResourceSetting } from '../../model/world.ts'
import { cleanUp } from '../campaign/clean-up.ts'
import { inOrder } from '../campaign/in-order.ts'
import type { Driver, Names } from '../drivers/driver.ts'
import type { AccessCase } from './access-case.ts'

/** What came of a case. */
export interface AccessOutcome {
  readonly asked: AccessCase
  /** What the operation was answered. */
  readonly answer: Answer | undefined
  /** What differs from what is right; empty if nothing does. */
  readonly divergences: readonly AccessDivergence[]
}

export interface AccessDivergence {
  /** `status`, `code`, or what was found to be changed although it was refused. */
  readonly field: string
  readonly expected: string
  readonly observed: string
  /** How sure the rule is of it. */
  readonly level: Level
}

export interface AccessCheck {
  /** Asks with everything permitted. */
  readonly owner: Driver
  /** Asks with a signature that permits one thing. */
  readonly asking: (asked: AccessCase, container: string) => Driver
  readonly version: string
  /** The instant at which everything takes place on virtual time. */
  readonly instant: number | undefined
  /** What the names of containers and shares begin with. */
  readonly prefix: string
  /** Hears of a container or share that could not be removed. */
  readonly leftBehind: (realName: string, hindrance: string) => void
}

const HELD = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const OTHER = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
const ON = 'resource'
const TOP = 'top'
const AT_ONCE = 8

/** Tries cases, each on a resource of its own. */
export async function* checkAccess(cases: readonly AccessCase[], check: AccessCheck): AsyncGenerator<AccessOutcome> {
  const numbered = cases.map((asked, number) => ({ asked, number }))
  yield* inOrder(numbered, AT_ONCE, ({ asked, number }) => tried(asked, `${check.prefix}-${number}-access`, check))
}

async function tried(asked: AccessCase, base: string, check: AccessCheck): Promise<AccessOutcome> {
  const { owner, version, instant, leftBehind } = check
  const { kind, action } = asked.rule
  const world = worldOf(kind)
  const names: Names = new Map(
    kind === 'blob' || kind === 'file'
      ? [
          [TOP, base],
          [ON, `${base}/resource`],
        ]
      : [[ON, base]],
  )
  const ask = async (driver: Driver, asking: Operation) => (await driver.perform(asking, kind, names, instant)).answer
  try {
    await owner.prepare(world, names, instant)
    if (action !== 'acquire') await ask(owner, request('acquire', version))
    const before = await stateOf(owner, names, check, kind)
    const answer = await ask(check.asking(asked, base), request(action, version))
    const after = await stateOf(owner, names, check, kind)
    const kept = asked.isAllowed || action === 'acquire' ? undefined : await ask(owner, request('release', version))
    return { asked, answer, divergences: compared(asked, answer, { before, after, kept }) }
  } finally {
    await cleanUp(world, { driver: owner, version, names, instant, leftBehind })
  }
}

type Kind = AccessCase['rule']['kind']

function worldOf(kind: Kind): readonly ResourceSetting[] {
  if (kind === 'container' || kind === 'share') return [{ name: ON, kind, condition: 'present' }]
  return [
    { name: TOP, kind: kind === 'blob' ? 'container' : 'share', condition: 'present' },
    { name: ON, kind, parent: TOP, condition: 'present' },
  ]
}

/** The request for an action on a lease that `HELD` is the id of. */
function request(action: AccessCase['rule']['action'], version: string): Operation {
  switch (action) {
    case 'acquire':
      return operation(action, ON, { proposedLeaseId: HELD, duration: '-1' }, version)
    case 'change':
      return operation(action, ON, { leaseId: HELD, proposedLeaseId: OTHER }, version)
    case 'renew':
    case 'release':
      return operation(action, ON, { leaseId: HELD }, version)
    case 'break':
      return operation(action, ON, {}, version)
    default:
      return action satisfies never
  }
}

const READS = {
  blob: 'getBlobProperties',
  container: 'getContainerProperties',
  share: 'getShareProperties',
  file: 'getFileProperties',
} as const satisfies Record<Kind, Operation['name']>

/** What the owner reads of the lease. */
async function stateOf(owner: Driver, names: Names, { version, instant }: AccessCheck, kind: Kind): Promise<string> {
  const { answer } = await owner.perform(operation(READS[kind], ON, {}, version), kind, names, instant)
  return `${answer?.headers['x-ms-lease-state'] ?? answer?.status ?? 'nothing'}`
}

const SUCCESS = { acquire: 201, renew: 200, change: 200, release: 200, break: 202 } as const

interface Seen {
  readonly before: string
  readonly after: string
  /** What releasing the lease was answered, whose id has to be the same after a refusal. */
  readonly kept: Answer | undefined
}

function compared(
  { rule, isAllowed }: AccessCase,
  answer: Answer | undefined,
  seen: Seen,
): readonly AccessDivergence[] {
  const status = String(answer?.status ?? 'nothing')
  const { letters, code } = rule
  if (isAllowed) return differing('status', [String(SUCCESS[rule.action])], status, letters.level)
  const refusals = rule.status.values.map(String)
  return [
    ...differing('status', refusals, status, letters.level),
    ...(refusals.includes(status) ? differing('code', code.values, answer?.code ?? 'none', code.level) : []),
    ...differing('lease state afterwards', [seen.before], seen.after, letters.level),
    ...(seen.kept === undefined
      ? []
      : differing('release by the id afterwards', ['200'], String(seen.kept.status), letters.level)),
  ]
}

function differing(
  field: string,
  expected: readonly string[],
  observed: string,
  level: Level,
): readonly AccessDivergence[] {
  return expected.includes(observed) ? [] : [{ field, expected: expected.join(' or '), observed, level }]
}
