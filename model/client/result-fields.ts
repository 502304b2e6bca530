import type { OperationClass } from '../operation.ts'
import type { ResourceKind } from '../resource.ts'
import type { AnswerHeader } from '../rules/rule.ts'

const TAGS: readonly AnswerHeader[] = ['etag', 'last-modified']
const REPORT: readonly AnswerHeader[] = ['x-ms-lease-state', 'x-ms-lease-status', 'x-ms-lease-duration']

/** The fields that the result of a successful call is documented to have; other classes of uses have none that concern leases. */
const RESULT_FIELDS: Readonly<Partial<Record<OperationClass, readonly AnswerHeader[]>>> = {
  acquire: ['x-ms-lease-id', ...TAGS],
  renew: ['x-ms-lease-id', ...TAGS],
  change: ['x-ms-lease-id', ...TAGS],
  release: TAGS,
  break: ['x-ms-lease-time', ...TAGS],
  observe: [...REPORT, ...TAGS],
  list: REPORT,
  write: TAGS,
  create: TAGS,
  make: TAGS,
  snapshot: TAGS,
  copy: TAGS,
  rename: TAGS,
}

export function resultFields(kind: ResourceKind, of: OperationClass): readonly AnswerHeader[] {
  // The lease of a file breaks at once, and its result is documented to say no time.
  if (kind === 'file' && of === 'break') return TAGS
  return RESULT_FIELDS[of] ?? []
}
