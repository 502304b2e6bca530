import { TargetError } from '../../errors.ts'
import { loadTestcontainers, type Testcontainers } from './testcontainers-package.ts'

type Runtime = Awaited<ReturnType<Testcontainers['getContainerRuntimeClient']>>

/** A container engine that answers: Docker, Podman or another that speaks Docker's API. */
export interface Engine {
  readonly library: Testcontainers
  readonly runtime: Runtime
}

export interface PullOptions {
  /** Refuse to fetch anything. */
  readonly offline?: boolean | undefined
  readonly onProgress?: ((message: string) => void) | undefined
}

/** @throws UsageError if `testcontainers` is not installed, TargetError if no engine answers. */
export async function findEngine(library: Testcontainers = loadTestcontainers()): Promise<Engine> {
  try {
    return { library, runtime: await library.getContainerRuntimeClient() }
  } catch {
    // What testcontainers throws says less: it has tried many places, and tells of none.
    const place = process.env.DOCKER_HOST === undefined ? '' : ` at DOCKER_HOST=${process.env.DOCKER_HOST}`
    throw new TargetError(
      `no container engine answers${place}: start Docker or Podman, or set DOCKER_HOST to where one listens`,
    )
  }
}

/**
 * Sees to it that the engine has an image.
 * @throws TargetError if it has to be fetched and may not be, or cannot be.
 */
export async function pullImage({ library, runtime }: Engine, name: string, options: PullOptions): Promise<void> {
  const image = library.ImageName.fromString(name)
  if (await runtime.image.exists(image)) return
  if (options.offline)
    throw new TargetError(`the image ${name} is not here and --offline forbids fetching it; run: docker pull ${name}`)
  options.onProgress?.(`fetching the image ${name} (once)`)
  const error = await runtime.image.pull(image).catch((reason: Error) => reason)
  // A registry that refuses in the middle ends the answer and throws nothing.
  if (error === undefined && (await existsNow({ library, runtime }, name))) return
  const reason = error === undefined ? 'the registry gave none' : firstLine(error.message)
  throw new TargetError(`the image ${name} cannot be fetched (${reason}); check its name, or run: docker pull ${name}`)
}

async function existsNow({ runtime }: Engine, name: string): Promise<boolean> {
  return runtime.container.dockerode
    .getImage(name)
    .inspect()
    .then(
      () => true,
      () => false,
    )
}

/** What an engine complains about may have many lines, and the first one says it. */
export function firstLine(message: string): string {
  return message.trim().split('\n')[0]!
}
