import { UsageError } from '../../errors.ts'
import { type AccessFlags, chooseAccess } from '../credentials/choose-access.ts'
import { entraTokens } from '../credentials/entra.ts'
import { EMULATOR_ACCOUNT } from '../emulator-account.ts'
import { startReplaceable } from '../replaceable-servers.ts'
import { type ServerOptions, serverAt } from '../server.ts'
import type { Endpoint, Target } from '../target.ts'
import { CLOCK_ENVIRONMENT, CLOCK_SCRIPT_PATH, clockScript } from './clock-script.ts'
import { commandWords } from './command-words.ts'
import { type ContainerLaunch, type ContainerServer, startContainer } from './container-server.ts'
import { type Engine, findEngine, type PullOptions, pullImage } from './engine.ts'
import { AZURITE_PORT, azuriteAccounts, azuriteCommand, clockOf, type Image } from './image.ts'

export interface ContainerOptions
  extends PullOptions,
    Pick<AccessFlags, 'account' | 'key'>,
    Pick<ServerOptions, 'apiVersion'> {
  /** How many containers; each has a world of its own. */
  readonly processes: number
  /** Where the server listens inside its container; default: where Azurite does, if it is one. */
  readonly port: number | undefined
  /** What is started instead of what the image starts by itself. */
  readonly command?: string | undefined
  readonly clock: 'header' | 'wall' | undefined
  /** Gives up opening the target. */
  readonly signal?: AbortSignal | undefined
  /** Called before the first container is made: from here on, only the signal ends this without leaving anything. */
  readonly onCreating?: (() => void) | undefined
}

/** A server in a container, and what it turned out to be. */
interface Probed extends ContainerServer, Pick<Target, 'name' | 'version'> {
  readonly endpoint: Endpoint
}

/**
 * Starts servers in containers of their own, all of the same image.
 * @throws UsageError if something is missing to start them; TargetError if no engine answers, the image cannot be had, or
 * what starts is no storage server or does not keep the clock that it should. Then no container is left.
 */
export async function startContainers(image: Image, options: ContainerOptions): Promise<Target> {
  const launch = launchOf(image, options)
  const engine = await findEngine()
  await pullImage(engine, image.name, options)
  options.onCreating?.()
  const servers = await startReplaceable(options.processes, () => startProbed(engine, launch, image, options))
  const { name, version } = servers.running()[0]!
  return {
    name,
    version,
    openedAs: namedOnCommandLine(image, options),
    clock: clockOf(image, options.clock) === 'header' ? 'virtual' : 'wall',
    embedded: true,
    get endpoints() {
      return servers.running().map(({ endpoint }) => endpoint)
    },
    onDeath: servers.onDeath,
    restart: async () => (await servers.restart()).map(({ endpoint }) => endpoint),
    close: servers.close,
  }
}

/** @throws UsageError */
function launchOf(image: Image, options: ContainerOptions): ContainerLaunch {
  const { command, account, key, signal = new AbortController().signal } = options
  const port = options.port ?? (image.isAzurite ? AZURITE_PORT : undefined)
  if (port === undefined)
    throw new UsageError(`add --port: the port on which the server in ${image.name} listens inside its container`)
  const isVirtual = clockOf(image, options.clock) === 'header'
  return {
    image: image.name,
    port,
    command: command !== undefined ? commandWords(command) : image.isAzurite ? azuriteCommand(image) : undefined,
    environment: {
      ...(image.isAzurite ? azuriteAccounts(account, key) : {}),
      ...(isVirtual ? CLOCK_ENVIRONMENT : {}),
    },
    files: isVirtual ? [{ content: clockScript(), target: CLOCK_SCRIPT_PATH }] : [],
    signal,
  }
}

/** Looks at what was started as at any server: it says itself what it is. */
async function startProbed(
  engine: Engine,
  launch: ContainerLaunch,
  image: Image,
  options: ContainerOptions,
): Promise<Probed> {
  const server = await startContainer(engine, launch)
  try {
    const { account = EMULATOR_ACCOUNT, key, clock, apiVersion } = options
    const url = `${server.origin}/${account}`
    // What the environment says of accounts is about others.
    const access = chooseAccess(url, { account, key }, { env: {}, nowMs: Date.now(), entra: entraTokens })
    const found = await serverAt({ access, apiVersion, clock: clockOf(image, clock) })
    const name = found.name === new URL(url).host ? image.name : found.name
    return { ...server, name, version: found.version, endpoint: found.endpoints[0]! }
  } catch (error) {
    if (error instanceof Error && !launch.signal.aborted) error.message += await server.quotedLog()
    await server.close()
    throw error
  }
}

/** What to write on a command line to have the same servers again. */
function namedOnCommandLine({ name }: Image, { port, command }: ContainerOptions): readonly string[] {
  return [
    `container:${name}`,
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(command === undefined ? [] : ['--command', command]),
  ]
}
