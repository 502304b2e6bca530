import { isLeaseAction, OPERATION_NAMES, type OperationName } from '../../../model/operation.ts'
import { describeUse } from '../../../model/uses.ts'

/** An operation that a question names in Azure's words, or by its name in replay tokens. */
export interface NamedOperation {
  readonly operation: OperationName
  /** The words that name it, in lower case. */
  readonly phrase: string
}

/** The names of uses, the longest first: `Get Blob Properties` before `Get Blob`. Lease actions are plain words. */
const NAMED: readonly NamedOperation[] = OPERATION_NAMES.flatMap((operation) => {
  if (isLeaseAction(operation)) return []
  const title = describeUse(operation).title.toLowerCase().replace(/[()]/g, '')
  return [title, operation.toLowerCase()].map((phrase) => ({ operation, phrase }))
}).sort((a, b) => b.phrase.length - a.phrase.length)

/** Takes the operations that a text names out of it; what is left are the other words. */
export function operationsNamedIn(text: string): {
  readonly operations: readonly OperationName[]
  readonly rest: string
} {
  const operations: OperationName[] = []
  let rest = ` ${text.toLowerCase().replace(/[\s()"']+/g, ' ')} `
  for (const { operation, phrase } of NAMED) {
    if (!rest.includes(` ${phrase} `)) continue
    rest = rest.replace(` ${phrase} `, '  ')
    operations.push(operation)
  }
  return { operations: [...new Set(operations)], rest: rest.trim() }
}
