import type { ServiceVersion } from '../../model/service-version.ts'
import type { ResourceSetting } from '../../model/world.ts'
import { cleanUp } from '../campaign/clean-up.ts'
import { inOrder } from '../campaign/in-order.ts'
import type { Driver } from '../drivers/driver.ts'
import type { Leftover } from './list-leftovers.ts'

export interface Remover {
  readonly driver: Driver
  readonly version: ServiceVersion
  /** The virtual time at which the server is to act; undefined leaves it to the server's own clock. */
  readonly instant: number | undefined
  /** The only container that the credential opens, in which blobs are left. */
  readonly inside?: string | undefined
  readonly signal: AbortSignal
}

export interface Removal {
  readonly leftover: Leftover
  /** What stood in the way; undefined if it is gone. */
  readonly hindrance: string | undefined
}

/** So many are removed at once, at most; the driver's own pace holds too. */
const AT_ONCE = 16

/**
 * Removes what runs have left, leases broken first.
 * @throws the signal's reason
 */
export async function* removeLeftovers(
  leftovers: readonly Leftover[],
  { driver, version, instant, inside, signal }: Remover,
): AsyncGenerator<Removal> {
  yield* inOrder(leftovers, AT_ONCE, async (leftover) => {
    signal.throwIfAborted()
    const { kind, name } = leftover
    const isInside = kind === 'blob'
    let hindrance: string | undefined
    const world: readonly ResourceSetting[] = [{ name, kind, condition: 'present' }]
    await cleanUp(world, {
      driver,
      version,
      instant,
      names: new Map([[name, isInside ? `${inside}/${name}` : name]]),
      inside: isInside,
      leftBehind: (_, reason) => {
        hindrance = reason
      },
    })
    return { leftover, hindrance }
  })
}
