import { isLeaseAction, type OperationName, operation, SNAPSHOT_OPTIONS } from '../../model/operation.ts'
import type { Resource, ResourceName } from '../../model/resource.ts'
import type { Outcome } from '../../model/rules/rule.ts'
import { type Choose, type Served, serve } from '../../model/server.ts'
import { USES } from '../../model/uses.ts'
import { resourceIn, type World } from '../../model/world.ts'
import { type Answer, type Done, type Effect, isRefusal, type Refusal, type Success } from './answer.ts'
import type { Call } from './call.ts'
import { readCondition } from './conditions.ts'
import type { Ledger } from './ledger.ts'
import { NO_TAGS, type Tags } from './tag-expression.ts'

/** What the model is asked about a request. */
export interface Question {
  readonly ledger: Ledger
  readonly name: OperationName
  readonly on: ResourceName
  /** The few resources that matter: the parent first, then the subject, then snapshots and a source. */
  readonly world: World
  readonly tags?: Tags
  readonly source?: ResourceName | undefined
  /** Where the model permits several outcomes because it does not know what this server does: take the one that succeeds. */
  readonly succeeds?: boolean
}

/** Classes of uses whose answers carry no ETag. */
const UNTAGGED: readonly string[] = ['stage', 'mark', 'abort', 'delete', 'list', 'undelete']

const FIRST: Choose = (values) => values[0]!
const SUCCESS: Choose = (values) => values.find(isSuccess) ?? values[0]!

function isSuccess(value: unknown): boolean {
  return typeof value === 'object' && (value as Outcome).status.values.includes('success')
}

/**
 * Carries out a request that the model has rules for. The model decides first: what it refuses is refused with its status and
 * code, and nothing changes. What it lets pass goes on to `effect`, which checks and changes content; what that refuses leaves
 * no trace in the model either.
 */
export function modelled(call: Call, question: Question, effect: () => Effect): Answer {
  const { request, account } = call
  const { ledger, world, on } = question
  const { headers } = request
  const condition = readCondition(request, resourceIn(world, on), question.tags ?? NO_TAGS)
  if (isRefusal(condition)) return condition
  const isRename = question.name === 'renameFile'
  const texts = {
    leaseId: headers[isRename ? 'x-ms-destination-lease-id' : 'x-ms-lease-id'],
    proposedLeaseId: headers['x-ms-proposed-lease-id'],
    duration: headers['x-ms-lease-duration'],
    breakPeriod: headers['x-ms-lease-break-period'],
    condition,
    source: question.source,
    sourceLeaseId: isRename ? headers['x-ms-source-lease-id'] : undefined,
    snapshots: SNAPSHOT_OPTIONS.find((option) => option === headers['x-ms-delete-snapshots']?.toLowerCase()),
    action: isLeaseRequest(question.name) ? headers['x-ms-lease-action'] : undefined,
  }
  const asked = operation(question.name, on, texts, request.version)
  const served = serve(
    account.rules,
    { world, issued: ledger.issued },
    asked,
    request.nowMs,
    question.succeeds ? SUCCESS : FIRST,
  )
  if (served.answer.status >= 300 || served.answer.code !== undefined) return refusalOf(served)
  const answer = effect()
  if (isRefusal(answer)) return answer
  ledger.commit(world, served.state, request.nowMs)
  return furnished(answer, served, ledger.find(on))
}

function isLeaseRequest(name: OperationName): boolean {
  return !isLeaseAction(name) && USES[name].class === 'lease'
}

function refusalOf({ answer: { status, code = 'ConditionNotMet' } }: Served): Refusal {
  return { status, code }
}

/** The answer with what the model says about it. */
function furnished(answer: Done, served: Served, after: Resource | undefined): Success {
  const { status, headers } = served.answer
  const all: Record<string, string> = { ...answer.headers }
  for (const name in headers) if (name.startsWith('x-ms-')) all[name] = headers[name]!
  if (after !== undefined && isTagged(served)) {
    if (!isWithheld(served, 'etag')) all.etag = after.etag ?? ''
    if (!isWithheld(served, 'last-modified')) all['last-modified'] = after.lastModified ?? ''
  }
  return { ...answer, status: answer.status ?? status, headers: all }
}

function isTagged({ situation: { operation } }: Served): boolean {
  return isLeaseAction(operation.name) || !UNTAGGED.includes(USES[operation.name].class)
}

/** Whether the model says of a header that it is not sent; of most answers it says nothing about it. */
function isWithheld({ outcome, answer }: Served, name: 'etag' | 'last-modified'): boolean {
  return answer.headers[name] === undefined && outcome.headers.some(({ header }) => header === name)
}
