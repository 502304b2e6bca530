/** The entry file of a reference server that runs as a child process: it is told what to do, and says where it listens. */
import { messageOf } from '../cli/exit.ts'
import { UsageError } from '../errors.ts'
import { emptyAccount } from './account.ts'
import { type ListenOptions, listen } from './listen.ts'

/** What the parent sends, once. It goes over the channel, so that the key stands in no command line. */
export interface StartMessage extends ListenOptions {
  readonly account: string
  readonly key: string
}

/** What comes back, once. */
export type StartedMessage =
  | { readonly port: number; readonly filePort: number }
  | { readonly error: string; readonly isUsage: boolean }

process.once('message', (message: StartMessage) => {
  listen(emptyAccount(message.account, message.key), message)
    .then(({ port, filePort }): StartedMessage => ({ port, filePort }))
    .catch((error: unknown): StartedMessage => ({ error: messageOf(error), isUsage: error instanceof UsageError }))
    .then((answer) => process.send?.(answer))
})

// The channel closes when the parent ends, even if it was killed.
process.once('disconnect', () => process.exit())
