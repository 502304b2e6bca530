import type { ClientAccount, ClientReturn, RememberedTags } from '../../../model/client/client-account.ts'
import type { Operation } from '../../../model/operation.ts'
import type { CallDescription } from '../../../reports/driver-protocol.ts'
import type { ClientAnswer, ClientLibrary } from './client-library.ts'

/** What a library was asked and gave, for the judge. */
export function clientAccountOf(
  asked: Operation,
  { tells }: CallDescription,
  answer: ClientAnswer,
  { documented }: Pick<ClientLibrary, 'documented'>,
): ClientAccount {
  return {
    asked,
    returned: returnOf(answer),
    ...(tells === undefined ? {} : { tells }),
    ...(documented === undefined ? {} : { documented }),
    ...keptBy(answer),
  }
}

/** What the lease client shows before and after. */
function keptBy({ lease }: ClientAnswer): Pick<ClientAccount, 'remembered' | 'tags'> {
  if (lease === undefined) return {}
  const { before, after } = lease
  return {
    remembered: { before: before.id ?? '', after: after.id ?? '' },
    tags: { before: tagsOf(before), after: tagsOf(after) },
  }
}

function tagsOf({ etag, lastModified }: NonNullable<ClientAnswer['lease']>['before']): RememberedTags {
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) }
}

function returnOf({ returned, raised }: ClientAnswer): ClientReturn {
  if (raised !== undefined) {
    const { error: errorName, because, status, code } = raised
    const told = { ...(status === undefined ? {} : { status }), ...(code === undefined ? {} : { code }) }
    return { kind: 'threw', because, errorName, ...told }
  }
  const { status, ...headers } = returned ?? {}
  return { kind: 'returned', ...(status === undefined ? {} : { status: Number(status) }), headers }
}
