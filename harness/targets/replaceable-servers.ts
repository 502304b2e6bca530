/** A server that we started, and that ends when we say so, or dies. */
export interface OwnServer {
  /** Settles, with the reason, when it ended although `close` was not called. */
  readonly death: Promise<string>
  close(): Promise<void>
}

/** Servers that we started ourselves; they can be replaced by fresh ones with nothing in them. */
export interface ReplaceableServers<S extends OwnServer> {
  running(): readonly S[]
  /** Calls back, once, when a server ended without being asked to; at once if that has happened already. */
  onDeath(listener: (reason: string) => void): void
  /** Replaces every one by a fresh one; returns those, or none if everything was closed meanwhile. */
  restart(): Promise<readonly S[]>
  /** Ends them, also those that a restart is about to start. */
  close(): Promise<void>
}

/** @throws what `start` throws; then none of them is left. */
export async function startReplaceable<S extends OwnServer>(
  count: number,
  start: () => Promise<S>,
): Promise<ReplaceableServers<S>> {
  let running = await startAll(count, start)
  let restarting: Promise<unknown> = Promise.resolve()
  let closed = false
  const { promise: firstDeath, resolve: died } = Promise.withResolvers<string>()
  const watch = () => {
    for (const { death } of running) void death.then(died)
  }
  const end = async () => void (await Promise.all(running.map((each) => each.close())))
  const replace = async () => {
    await end()
    if (closed) return []
    running = await startAll(count, start)
    watch()
    return running
  }
  watch()
  return {
    running: () => running,
    onDeath: (listener) => void firstDeath.then(listener),
    restart: () => {
      const replaced = replace()
      restarting = replaced.catch(() => undefined)
      return replaced
    },
    close: async () => {
      closed = true
      await restarting
      await end()
    },
  }
}

/** Starts them at once; if one fails, none is left. */
async function startAll<S extends OwnServer>(count: number, start: () => Promise<S>): Promise<readonly S[]> {
  const outcomes = await Promise.allSettled(Array.from({ length: count }, start))
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed === undefined) return started
  await Promise.all(started.map((each) => each.close()))
  throw failed.reason
}
