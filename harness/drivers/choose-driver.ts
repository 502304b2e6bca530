import type { ServiceVersion } from '../../model/service-version.ts'
import { UsageError } from '../errors.ts'
import type { Driver, DriverName, DriverOptions, Expresses } from './driver.ts'
import { expressibleInJs } from './js/expressible.ts'
import { jsDriver } from './js/js-driver.ts'
import { loadSdk } from './js/packages.ts'
import { sdkApiVersion } from './js/sdk-api-version.ts'
import { restDriver } from './rest.ts'

/** A driver that is ready to be opened on each server of a target. */
export interface ChosenDriver {
  readonly name: DriverName
  /** What exactly sends, for people, where that is not leasecheck itself: a package and its version. */
  readonly versions?: string
  /** The REST version that its requests ask for. */
  readonly apiVersion: ServiceVersion
  /** What it can be asked for. */
  readonly expresses: Expresses
  open(options: DriverOptions): Driver
}

/** Plain HTTP: it sends whatever it is asked to. */
export const REST = {
  name: 'rest',
  expresses: () => 'exactly',
  open: restDriver,
} as const satisfies Partial<ChosenDriver>

/**
 * Loads what a driver needs, before anything is started.
 * @param asked the REST version that the user asked for; a client library speaks its own and no other.
 * @throws UsageError if a package is missing, or speaks another version than was asked for.
 */
export async function chooseDriver(
  name: DriverName,
  asked: ServiceVersion | undefined,
  fallback: ServiceVersion,
): Promise<ChosenDriver> {
  switch (name) {
    case 'rest':
      return { ...REST, apiVersion: asked ?? fallback }
    case 'js': {
      const sdk = loadSdk()
      const apiVersion = await sdkApiVersion(sdk.blob)
      if (asked !== undefined && asked !== apiVersion) {
        throw new UsageError(
          `the JavaScript SDK asks for version ${apiVersion} of the service and for no other; leave --api-version out, or take --driver rest`,
        )
      }
      const open = (options: DriverOptions) => jsDriver(options, sdk)
      return { name, versions: sdk.versions, apiVersion, expresses: expressibleInJs, open }
    }
    default:
      return name satisfies never
  }
}
