import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { TargetError, UsageError } from '../errors.ts'
import type { StartedMessage, StartMessage } from '../reference/main.ts'
import { type ServerProcess, scriptAt, startServerProcess } from './server-process.ts'

const START_LIMIT_MS = 30_000

/** One running reference server, with a world of its own. */
export interface ReferenceProcess extends ServerProcess {
  readonly port: number
  readonly filePort: number
}

/** @throws TargetError if it does not come up, UsageError if a port that was asked for is taken. */
export function startReferenceProcess(message: StartMessage): Promise<ReferenceProcess> {
  return startServerProcess({
    name: 'the reference server',
    args: [fileURLToPath(scriptAt('../reference/main'))],
    // What is preloaded into us is not meant for it.
    env: { ...process.env, NODE_OPTIONS: undefined },
    speaks: 'over the channel',
    startLimitMs: START_LIMIT_MS,
    listening: (child) => portsOf(child, message),
  })
}

/** Tells the process what to do, and hears where it listens. */
function portsOf(
  child: ChildProcess,
  message: StartMessage,
): Promise<{ readonly port: number; readonly filePort: number }> {
  return new Promise((resolve, reject) => {
    child.once('message', (answer: StartedMessage) => {
      if ('error' in answer) reject(answer.isUsage ? new UsageError(answer.error) : new TargetError(answer.error))
      else resolve(answer)
    })
    child.send(
      message,
      (error) => error && reject(new TargetError(`the reference server did not start: ${error.message}`)),
    )
  })
}
