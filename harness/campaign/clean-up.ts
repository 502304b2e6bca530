import { type Operation, type OperationHeaders, operation, type SnapshotOption } from '../../model/operation.ts'
import type { ResourceKind } from '../../model/resource.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import type { Instant } from '../../model/time.ts'
import type { Answer } from '../../model/trace.ts'
import type { Use } from '../../model/uses.ts'
import type { ResourceSetting } from '../../model/world.ts'
import type { Driver, Names } from '../drivers/driver.ts'
import { ClockError } from '../errors.ts'

export interface CleanUp {
  readonly driver: Driver
  readonly version: ServiceVersion
  readonly names: Names
  readonly instant: Instant | undefined
  /** Hears of a container or share that could not be removed. */
  readonly leftBehind: (realName: string, hindrance: string) => void
}

/** What removes a container or share; the ways are tried in turn, since older servers do not know all of them. */
const REMOVALS: Readonly<Partial<Record<ResourceKind, { readonly use: Use; readonly ways: readonly SnapshotWay[] }>>> =
  {
    container: { use: 'deleteContainer', ways: [{}] },
    share: { use: 'deleteShare', ways: [{ snapshots: 'include-leased' }, { snapshots: 'include' }, {}] },
  }
type SnapshotWay = { readonly snapshots?: SnapshotOption }

/**
 * Removes what a scenario created, with nothing but the operations under test: leases are broken, then containers and shares
 * go, and all that is inside goes with them.
 */
export async function cleanUp(world: readonly ResourceSetting[], context: CleanUp): Promise<void> {
  for (const setting of world) if (setting.kind === 'share-snapshot') await endLease(setting, context)
  for (const setting of world) {
    const removal = REMOVALS[setting.kind]
    if (removal === undefined) continue
    await endLease(setting, context)
    let hindrance: string | undefined
    for (const way of removal.ways) {
      hindrance = await remove(request(removal.use, setting, way, context), setting.kind, context)
      if (hindrance === undefined) break
    }
    if (hindrance !== undefined) context.leftBehind(context.names.get(setting.name)!, hindrance)
  }
}

async function endLease(setting: ResourceSetting, context: CleanUp): Promise<void> {
  const ending = request('break', setting, { breakPeriod: '0' }, context)
  await context.driver.perform(ending, setting.kind, context.names, context.instant).catch(() => {})
}

/** Removes a resource, and returns what stood in the way. */
async function remove(deletion: Operation, kind: ResourceKind, context: CleanUp): Promise<string | undefined> {
  return context.driver.perform(deletion, kind, context.names, context.instant).then(
    ({ answer }) => (answer === undefined ? 'no answer' : hindranceIn(answer)),
    // The deletion has been served, whatever the server's clock showed.
    (error: Error) => (error instanceof ClockError ? undefined : error.message),
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

function hindranceIn({ status, code }: Answer): string | undefined {
  return status < 300 || status === 404 ? undefined : `${status}${code === undefined ? '' : ` ${code}`}`
}
