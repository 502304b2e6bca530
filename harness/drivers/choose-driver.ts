import type { ServiceVersion } from '../../model/service-version.ts'
import type { CallTable } from '../../reports/driver-protocol.ts'
import { UsageError } from '../errors.ts'
import { expressesIn } from './clients/call-table.ts'
import { clientDriver } from './clients/client-driver.ts'
import type { ClientLibrary } from './clients/client-library.ts'
import { type Ways, waysIn } from './clients/ways.ts'
import { type Driver, type DriverName, type DriverOptions, type Expresses, LIBRARY_DRIVERS } from './driver.ts'
import { jsLibrary } from './js/js-library.ts'
import { loadSdk } from './js/packages.ts'
import { type DriverCommand, LIMITS } from './protocol/driver-process.ts'
import { lineLibrary } from './protocol/line-library.ts'
import { restDriver } from './rest.ts'

/** A driver that is ready to be opened on each server of a target. */
export interface ChosenDriver {
  readonly name: DriverName
  /** The options that ask for it, for commands that repeat something. */
  readonly asked: readonly string[]
  /** What exactly sends, for people, where that is not leasecheck itself: a package and its version. */
  readonly versions?: string
  /** The REST version that its requests ask for. */
  readonly apiVersion: ServiceVersion
  /** What it can be asked for. */
  readonly expresses: Expresses
  /** The calls of the client library, if it calls one. */
  readonly calls?: CallTable
  /** How else it can be asked for the same. */
  readonly ways: Ways
  open(options: DriverOptions): Driver
  /** Starts the library of the driver once more, for what needs several; absent if the driver calls none. */
  readonly startLibrary?: (hearing?: Hearing) => Promise<ClientLibrary>
  /** The run is to end: what is under way should end soon. */
  hurry(): void
  /** Ends what the driver runs in. */
  close(): Promise<void>
}

/** How a library that runs in a process of its own is listened to. */
export interface Hearing {
  /** Hears what it writes to standard error. */
  readonly heard?: (text: string) => void
  /** How long one of its calls may take; default: as the driver protocol has it. */
  readonly callMs?: number
}

/** Plain HTTP: it sends whatever it is asked to. */
export const REST = {
  name: 'rest',
  asked: [],
  expresses: () => 'exactly',
  ways: () => [],
  open: restDriver,
  hurry() {},
  async close() {},
} as const satisfies Partial<ChosenDriver>

/** What a driver is chosen by. */
export interface DriverChoice {
  /** As the user names it. */
  readonly driver: string
  /** The REST version that the user asked for; a client library speaks its own and no other. */
  readonly apiVersion: ServiceVersion | undefined
  /** The version of the SDK, where the driver installs one. */
  readonly sdkVersion: string | undefined
  /** Nothing may be fetched. */
  readonly offline: boolean
  readonly onProgress: (text: string) => void
}

export const DRIVERS_HELP =
  'who sends the requests: rest, plain HTTP; js, the JavaScript SDK of your project; python, python-aio, go, the SDKs of these languages; exec:COMMAND, a driver of your own'

const OWN = 'exec:'

/** Whether a text names a driver. */
export function isDriver(text: string): boolean {
  return text === 'rest' || isLibrary(text) || (text.startsWith(OWN) && text.length > OWN.length)
}

/**
 * Loads what a driver needs, before anything is started.
 * @throws UsageError if a package is missing, or speaks another version than was asked for; DriverError if its program fails.
 */
export async function chooseDriver(choice: DriverChoice, fallback: ServiceVersion): Promise<ChosenDriver> {
  const { driver: asked, apiVersion, sdkVersion } = choice
  if (sdkVersion !== undefined && !INSTALLED.includes(asked)) {
    throw new UsageError(
      `--sdk-version is for the drivers that leasecheck installs: ${INSTALLED.join(', ')}; of --driver ${asked} install the version that you want to check`,
    )
  }
  if (asked === 'rest') return { ...REST, apiVersion: apiVersion ?? fallback }
  const library = await libraryFor(choice)
  if (apiVersion !== undefined && apiVersion !== library.apiVersion) {
    await library.close()
    throw new UsageError(
      `the SDK of --driver ${asked} asks for version ${library.apiVersion} of the service and for no other; leave --api-version out, or take --driver rest`,
    )
  }
  return {
    asked: ['--driver', asked, ...(sdkVersion === undefined ? [] : ['--sdk-version', sdkVersion])],
    name: library.name,
    versions: library.versions,
    apiVersion: library.apiVersion,
    expresses: expressesIn(library),
    calls: library.calls,
    ways: waysIn(library.calls),
    open: (options) => clientDriver(options, library),
    startLibrary: (hearing) => libraryFor(choice, hearing),
    hurry: () => library.hurry?.(),
    close: () => library.close(),
  }
}

type Start = (choice: DriverChoice, hearing?: Hearing) => Promise<ClientLibrary>

const LIBRARIES: Readonly<Record<(typeof LIBRARY_DRIVERS)[number], Start>> = {
  js: () => jsLibrary(loadSdk()),
  python: (choice, hearing) => python(choice, false, hearing),
  'python-aio': (choice, hearing) => python(choice, true, hearing),
  go: async (choice, hearing) => {
    const { goCommand } = await import('./go/go-set-up.ts')
    return ofProcess(await goCommand(choice), hearing)
  },
}
const INSTALLED: readonly string[] = ['python', 'python-aio', 'go']

async function python(choice: DriverChoice, aio: boolean, hearing?: Hearing): Promise<ClientLibrary> {
  const { pythonCommand } = await import('./python/python-set-up.ts')
  return ofProcess(await pythonCommand({ ...choice, aio }), hearing)
}

function ofProcess(command: DriverCommand, { heard, callMs = LIMITS.callMs }: Hearing = {}): Promise<ClientLibrary> {
  return lineLibrary(command, { ...LIMITS, callMs }, heard)
}

function libraryFor(choice: DriverChoice, hearing?: Hearing): Promise<ClientLibrary> {
  const { driver } = choice
  if (isLibrary(driver)) return LIBRARIES[driver](choice, hearing)
  return ofProcess({ command: driver.slice(OWN.length), shell: true }, hearing)
}

function isLibrary(text: string): text is keyof typeof LIBRARIES {
  return LIBRARY_DRIVERS.some((name) => name === text)
}
