import { once } from 'node:events'
import { UsageError } from '../errors.ts'

export interface Confirming {
  /** What is asked, e.g. `go on?` */
  readonly question: string
  /** The user has said beforehand that it is all right. */
  readonly yes: boolean
  /** Where it happens, e.g. a host. */
  readonly where: string
  /** Whether that is this machine, where nobody else is in the way. */
  readonly isLoopback: boolean
  /** Ends the waiting for an answer. */
  readonly signal: AbortSignal
}

/**
 * Makes sure that somebody agrees before anything is written to a server that is not ours: asks on a terminal, and elsewhere
 * wants `--yes` unless the server runs on this machine.
 * @throws UsageError if nobody agrees; the reason of the signal
 */
export async function confirm({ question, yes, where, isLoopback, signal }: Confirming): Promise<void> {
  if (yes) return
  const { stdin, stderr } = process
  if (!stdin.isTTY || !stderr.isTTY) {
    if (isLoopback) return
    throw new UsageError(
      `nothing was changed on ${where}: nobody can be asked here, so say that it is all right with --yes`,
    )
  }
  stderr.write(`leasecheck: ${question} [y/N] `)
  const answer = await lineOf(stdin, signal)
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new UsageError(`nothing was changed on ${where}: it was not agreed to`)
}

/** The terminal collects a line by itself, and still sends Ctrl-C as a signal. */
async function lineOf(stdin: NodeJS.ReadStream, signal: AbortSignal): Promise<string> {
  try {
    const [line] = (await Promise.race([once(stdin, 'data', { signal }), once(stdin, 'end', { signal })])) as [Buffer?]
    return String(line ?? '')
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    stdin.pause()
    stdin.unref()
  }
}
