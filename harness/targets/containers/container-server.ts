import { TargetError } from '../../errors.ts'
import type { OwnServer } from '../replaceable-servers.ts'
import { answersHttp } from './answering.ts'
import { type ContainerLog, logOf } from './container-log.ts'
import { type Engine, firstLine } from './engine.ts'

/** How long a server may take until it answers; some have to warm up a virtual machine first. */
const START_LIMIT_MS = 60_000

/** Every container of ours has it: `docker ps --filter label=leasecheck` finds what a crash has left. */
const LABEL = { leasecheck: 'target' } as const

export interface ContainerLaunch {
  readonly image: string
  /** Where the server listens inside. */
  readonly port: number
  /** Undefined: what the image starts by itself. */
  readonly command: readonly string[] | undefined
  readonly environment: Readonly<Record<string, string>>
  readonly files: readonly { readonly content: string; readonly target: string }[]
  /** Gives up the start. */
  readonly signal: AbortSignal
}

/** A server in a container of ours. */
export interface ContainerServer extends OwnServer {
  /** Where it is reached from here: `http://localhost:32768`. */
  readonly origin: string
  /** What it wrote, to be put behind a message; its whole log is kept then. */
  quotedLog(): Promise<string>
}

type Container = ReturnType<Engine['runtime']['container']['getById']>

/** @throws TargetError if it does not come up, and the signal's reason; then no container is left. */
export async function startContainer(engine: Engine, launch: ContainerLaunch): Promise<ContainerServer> {
  const starting = beginStart(engine, launch)
  const abort = new AbortController()
  const signal = AbortSignal.any([launch.signal, abort.signal])
  let log: ContainerLog | undefined
  try {
    const origin = await Promise.race([starting.origin, endOf(starting, launch), aborted(launch.signal)])
    const container = await starting.container
    log = logOf(await engine.runtime.container.logs(container), container.id)
    const answers = await Promise.race([answersHttp(origin, START_LIMIT_MS, signal), endOf(starting, launch)])
    launch.signal.throwIfAborted()
    if (!answers) throw new TargetError(silent(launch))
    return running(starting, container, origin, log, launch)
  } catch (error) {
    abort.abort()
    throw await undone(engine, starting, log, error as Error, launch)
  }
}

/** What is under way: a container that will be there, the end of it, and where its server is reached. */
interface Starting {
  readonly container: Promise<Container>
  /** The status with which it ended. */
  readonly end: Promise<number>
  readonly origin: Promise<string>
}

function beginStart({ library, runtime }: Engine, launch: ContainerLaunch): Starting {
  const { image, port, command, environment, files } = launch
  const { promise: container, resolve: created } = Promise.withResolvers<Container>()
  const { promise: end, resolve: hasEnded } = Promise.withResolvers<number>()

  class Watched extends library.GenericContainer {
    /** Between creation and start, so that no end is missed. */
    protected override async containerCreated(id: string): Promise<void> {
      const made = runtime.container.getById(id)
      created(made)
      // An engine that cannot tell is noticed by requests that fail.
      void made.wait({ condition: 'next-exit' }).then(
        ({ StatusCode }) => hasEnded(StatusCode),
        () => {},
      )
    }
  }

  const description = new Watched(image)
    .withExposedPorts(port)
    .withEnvironment({ ...environment })
    .withLabels(LABEL)
    .withCopyContentToContainer(files.map((file) => ({ ...file, mode: 0o644 })))
    .withWaitStrategy(NO_WAIT)
  if (command !== undefined) description.withCommand([...command])
  const started = description.start()
  const origin = started.then((each) => `http://${each.getHost()}:${each.getMappedPort(port)}`)
  origin.catch(() => {})
  return { container, end, origin }
}

/** Whether the server answers is looked at here, where an end and a signal are heard at once. */
const NO_WAIT = {
  waitUntilReady: async () => {},
  withStartupTimeout: () => NO_WAIT,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => START_LIMIT_MS,
}

function running(
  { end }: Starting,
  container: Container,
  origin: string,
  log: ContainerLog,
  { image }: ContainerLaunch,
): ContainerServer {
  let closing = false
  const death = new Promise<string>((resolve) => {
    void end.then(async (status) => {
      if (!closing) resolve(`${told(image, container)} ended with status ${status}${await log.quoted()}`)
    })
  })
  return {
    origin,
    death,
    quotedLog: log.quoted,
    close: async () => {
      closing = true
      await removed(container)
      await log.close()
    },
  }
}

/** Removes what was made, and says what went wrong in the words of the container. */
async function undone(
  { runtime }: Engine,
  starting: Starting,
  log: ContainerLog | undefined,
  error: Error,
  { image, signal }: ContainerLaunch,
): Promise<unknown> {
  const container = await Promise.race([starting.container, starting.origin.then(none, none)])
  if (container === undefined) return signal.aborted ? signal.reason : refused(image, error)
  const lastLog = log ?? logOf(await runtime.container.logs(container), container.id)
  const said = signal.aborted ? '' : await lastLog.quoted()
  await removed(container)
  await starting.origin.catch(none)
  await lastLog.close()
  if (signal.aborted) return signal.reason
  return error instanceof TargetError ? new TargetError(error.message + said) : refused(image, error, said)
}

function refused(image: string, error: Error, said = ''): TargetError {
  return new TargetError(`the image ${image} cannot be started: ${firstLine(error.message)}${said}`)
}

/** Kills it and removes it with what it has stored; that it is gone already is what was wanted. */
async function removed(container: Container): Promise<void> {
  await container.remove({ force: true, v: true }).catch((error: { readonly statusCode?: number }) => {
    if (error.statusCode !== 404 && error.statusCode !== 409) throw error
  })
}

/** Fails when the container ends. */
async function endOf({ end }: Starting, { image }: ContainerLaunch): Promise<never> {
  throw new TargetError(`the container of ${image} ended with status ${await end} before it answered`)
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function silent({ image, port }: ContainerLaunch): string {
  return `the container of ${image} does not answer HTTP on its port ${port} after ${START_LIMIT_MS / 1000} s; give the port inside the container with --port, and let the server listen on 0.0.0.0`
}

function told(image: string, { id }: Container): string {
  return `the container of ${image} (${id.slice(0, 12)})`
}

function none(): undefined {
  return undefined
}
