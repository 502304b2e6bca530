import { setTimeout as sleep } from 'node:timers/promises'
import { type Operation, type OperationHeaders, operation, type SnapshotOption } from '../../model/operation.ts'
import type { ResourceKind } from '../../model/resource.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import type { Instant } from '../../model/time.ts'
import type { Answer } from '../../model/trace.ts'
import type { Use } from '../../model/uses.ts'
import type { ResourceSetting } from '../../model/world.ts'
import type { Driver, Names } from '../drivers/driver.ts'
import { isBusy } from '../drivers/pace.ts'
import { ClockError } from '../errors.ts'

export interface CleanUp {
  readonly driver: Driver
  readonly version: ServiceVersion
  readonly names: Names
  readonly instant: Instant | undefined
  /** Whether containers are not the scenario's own, so that its blobs are removed one by one. */
  readonly inside?: boolean
  /** Hears of a container or share that could not be removed. */
  readonly leftBehind: (realName: string, hindrance: string) => void
  /** Hears of what was removed, or was not there any more. */
  readonly removed?: ((realName: string) => void) | undefined
}

/** What removes a container or share; the ways are tried in turn, since older servers do not know all of them. */
const REMOVALS: Removals = {
  container: { use: 'deleteContainer', ways: [{}] },
  share: { use: 'deleteShare', ways: [{ snapshots: 'include-leased' }, { snapshots: 'include' }, {}] },
}
/** The same where the container is somebody's. */
const REMOVALS_INSIDE: Removals = { blob: { use: 'deleteBlob', ways: [{ snapshots: 'include' }, {}] } }
type Removals = Readonly<Partial<Record<ResourceKind, Removal>>>
type Removal = { readonly use: Use; readonly ways: readonly SnapshotWay[] }
type SnapshotWay = { readonly snapshots?: SnapshotOption }

/**
 * Removes what a scenario created, with nothing but the operations under test: containers and shares go, and all that is
 * inside goes with them. Where a lease stands in the way it is broken first. Nobody judges what is done here, so it is done again
 * until it has come to something.
 */
export async function cleanUp(world: readonly ResourceSetting[], context: CleanUp): Promise<void> {
  const removals = context.inside ? REMOVALS_INSIDE : REMOVALS
  for (const setting of world) {
    const removal = removals[setting.kind]
    if (removal === undefined) continue
    const realName = context.names.get(setting.name)!
    const hindrance = await takeAway(setting, removal, world, context)
    if (hindrance === undefined) context.removed?.(realName)
    else context.leftBehind(realName, hindrance.text)
  }
}

/** Nothing more is begun after it; a server that never answers takes up to one answer's limit more. */
const LIMIT_MS = 45_000
const FIRST_PAUSE_MS = 100
/** A lease that was broken can be taken again by a request that was lost; more often than that nobody takes it. */
const MAX_REFUSALS = 4
/** What went wrong on the way, or was not now, may go well the next time. */
const MAX_TRIES = 7

/** Removes a resource, and returns what stood in the way. */
async function takeAway(
  setting: ResourceSetting,
  { use, ways }: Removal,
  world: readonly ResourceSetting[],
  context: CleanUp,
): Promise<Hindrance | undefined> {
  const beganMs = performance.now()
  for (let tries = 1, refusals = 0; ; tries++) {
    let hindrance: Hindrance | undefined
    for (const way of ways) {
      hindrance = await remove(request(use, setting, way, context), setting.kind, context)
      if (hindrance === undefined) return undefined
      if (hindrance.mayPass) break
    }
    if (hindrance?.mayPass === false && ++refusals === MAX_REFUSALS) return hindrance
    if (tries === MAX_TRIES || performance.now() - beganMs > LIMIT_MS) return hindrance
    if (hindrance?.mayPass) await sleep(FIRST_PAUSE_MS * 2 ** (tries - 1))
    else await endLeases(setting, world, context)
  }
}

async function endLeases(setting: ResourceSetting, world: readonly ResourceSetting[], context: CleanUp): Promise<void> {
  const snapshots = world.filter(({ kind, parent }) => kind === 'share-snapshot' && parent === setting.name)
  for (const each of [...snapshots, setting]) {
    const ending = request('break', each, { breakPeriod: '0' }, context)
    await context.driver.perform(ending, each.kind, context.names, context.instant).catch(() => {})
  }
}

/** What stands in the way of a removal. */
interface Hindrance {
  readonly text: string
  /** Whether the same request may do better a moment later. */
  readonly mayPass: boolean
}

async function remove(deletion: Operation, kind: ResourceKind, context: CleanUp): Promise<Hindrance | undefined> {
  return context.driver.perform(deletion, kind, context.names, context.instant).then(
    ({ answer }) => (answer === undefined ? { text: 'no answer', mayPass: true } : hindranceIn(answer)),
    // The deletion has been served, whatever the server's clock showed.
    (error: Error) => (error instanceof ClockError ? undefined : { text: error.message, mayPass: true }),
  )
}

function request(
  name: Operation['name'],
  { name: on }: ResourceSetting,
  headers: OperationHeaders,
  { version }: CleanUp,
): Operation {
  return operation(name, on, headers, version)
}

function hindranceIn({ status, code }: Answer): Hindrance | undefined {
  if (status < 300 || status === 404 || code?.endsWith('BeingDeleted')) return undefined
  const mayPass = isBusy(status) || status >= 500 || status === 408
  return { text: `${status}${code === undefined ? '' : ` ${code}`}`, mayPass }
}
