import { isLeaseAction } from '../operation.ts'
import type { Exchange } from '../trace.ts'
import type { ClientAccount, ClientReturn, RememberedTags } from './client-account.ts'

/**
 * What a client does that does everything right with one exchange: tests judge it, and with one thing changed it is a lying
 * one. `before` is the lease id that its handle remembers.
 */
export function honestAccount({ operation, answer }: Exchange, before: string): ClientAccount {
  const succeeded = answer !== undefined && answer.status < 300
  const gained =
    operation.name === 'acquire' || operation.name === 'change' ? answer?.headers['x-ms-lease-id'] : undefined
  const after = succeeded && gained !== undefined ? gained : before
  const account = { asked: operation, returned: honestReturn(answer), remembered: { before, after } }
  if (!isLeaseAction(operation.name)) return account
  const learns = succeeded && operation.name !== 'break'
  return { ...account, tags: { before: OLD_TAGS, after: learns ? tagsIn(answer.headers) : OLD_TAGS } }
}

/** What its handle has learnt of an earlier answer. */
const OLD_TAGS: RememberedTags = { etag: '"0x0"', lastModified: 'Mon, 01 Jan 2001 00:00:00 GMT' }

function tagsIn({ etag, 'last-modified': lastModified }: Readonly<Record<string, string>>): RememberedTags {
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) }
}

function honestReturn(answer: Exchange['answer']): ClientReturn {
  if (answer === undefined) return { kind: 'threw', because: 'connection', errorName: 'RestError' }
  const { status, code, headers } = answer
  if (status < 300) return { kind: 'returned', status, headers }
  return { kind: 'threw', because: 'service', errorName: 'RestError', status, ...(code === undefined ? {} : { code }) }
}
