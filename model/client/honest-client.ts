import type { Exchange } from '../trace.ts'
import type { ClientAccount, ClientReturn } from './client-account.ts'

/**
 * What a client does that does everything right with one exchange: tests judge it, and with one thing changed it is a lying
 * one. `before` is the lease id that its handle remembers.
 */
export function honestAccount({ operation, answer }: Exchange, before: string): ClientAccount {
  const succeeded = answer !== undefined && answer.status < 300
  const gained =
    operation.name === 'acquire' || operation.name === 'change' ? answer?.headers['x-ms-lease-id'] : undefined
  const after = succeeded && gained !== undefined ? gained : before
  return { asked: operation, returned: honestReturn(answer), remembered: { before, after } }
}

function honestReturn(answer: Exchange['answer']): ClientReturn {
  if (answer === undefined) return { kind: 'threw', because: 'connection', errorName: 'RestError' }
  const { status, code, headers } = answer
  if (status < 300) return { kind: 'returned', status, headers }
  return { kind: 'threw', because: 'service', errorName: 'RestError', status, ...(code === undefined ? {} : { code }) }
}
