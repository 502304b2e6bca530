import { type ConditionSymbol, conditionOf } from './condition.ts'
import type { LeaseId } from './lease-id.ts'
import { type LeaseIdForm, leaseIdArgument, writtenAs } from './lease-id.ts'
import { classOf, type Operation, type OperationName, operation, type SnapshotOption } from './operation.ts'
import type { ResourceName } from './resource.ts'
import type { ServiceVersion } from './service-version.ts'
import type { Answer } from './trace.ts'
import type { ResourceSetting } from './world.ts'

/**
 * A scenario: a small world and what is done in it. Plain data that knows no server: ids and waits are symbols, so the same
 * scenario runs anywhere, can be cut short and stays readable.
 */
export interface Scenario {
  readonly world: readonly ResourceSetting[]
  readonly steps: readonly Step[]
}

export type Step = OperationStep | WaitStep

export interface OperationStep {
  readonly do: OperationName
  readonly on: ResourceName
  readonly leaseId?: LeaseIdSymbol
  readonly proposedLeaseId?: LeaseIdSymbol
  /** The text of `x-ms-lease-duration`, normally seconds. */
  readonly duration?: string
  /** The text of `x-ms-lease-break-period`, normally seconds. */
  readonly breakPeriod?: string
  readonly condition?: ConditionSymbol
  /** What a copy reads, and a rename moves. */
  readonly source?: ResourceName
  readonly sourceLeaseId?: LeaseIdSymbol
  readonly snapshots?: SnapshotOption
  /** The text of `x-ms-lease-action` of a lease request that is none of the five; without it the header is not sent. */
  readonly action?: string
  /** Which way of a client library to say this, where it has several; the request is the same. */
  readonly way?: string
}

/** Lets time pass: so many milliseconds, or until the lease of a resource ends by itself and so many milliseconds more. */
export interface WaitStep {
  readonly wait: 'for' | 'until deadline'
  readonly on: ResourceName
  readonly ms: number
}

/**
 * A lease id by name: `A` to `F` are fixed ids, `held` is the id that an answer gave last, `former` the one before,
 * `fresh` one that was never used, `malformed:text` is sent as it stands. `@N`, `@B`, `@P` and `@upper` ask for another
 * spelling, `@twice` for the header twice. An id that is left out is not sent.
 */
export type LeaseIdSymbol = string

export const NAMED_IDS = ['A', 'B', 'C', 'D', 'E', 'F'] as const

/** What a client remembers of one resource: the ids that answers gave it, and the last ETag. */
export interface Memory {
  readonly held?: LeaseId
  readonly former?: LeaseId
  readonly etag?: string
}

export function isWait(step: Step): step is WaitStep {
  return 'wait' in step
}

/** The request that a step asks for; `number` is the step's place in its scenario and makes `fresh` ids unique. */
export function operationOf(step: OperationStep, memory: Memory, number: number, version?: ServiceVersion): Operation {
  const headers = {
    leaseId: textOf(step.leaseId, memory, number),
    proposedLeaseId: textOf(step.proposedLeaseId, memory, number),
    duration: step.duration,
    breakPeriod: step.breakPeriod,
    condition: step.condition && conditionOf(step.condition, memory.etag),
    source: step.source,
    sourceLeaseId: textOf(step.sourceLeaseId, memory, number),
    snapshots: step.snapshots,
    action: step.action,
  }
  return operation(step.do, step.on, headers, version)
}

/** What the client remembers after an answer: acquire and change give it an id if they succeed, most answers an ETag. */
export function remembering(memory: Memory, step: OperationStep, { status, headers }: Answer): Memory {
  if (status >= 300) return memory
  const { etag } = headers
  const tagged = etag === undefined || etag === memory.etag || !TELLS_ETAG(step) ? memory : { ...memory, etag }
  if (step.do !== 'acquire' && step.do !== 'change') return tagged
  const read = leaseIdArgument(headers['x-ms-lease-id'])
  if (read.given !== 'guid' || read.id === memory.held) return tagged
  return { ...tagged, held: read.id, ...(memory.held === undefined ? {} : { former: memory.held }) }
}

/** A listing or a snapshot carries no ETag of the resource; what is staged or deleted has none. */
const TELLS_ETAG = ({ do: name }: OperationStep) => !NO_ETAG.has(classOf(name))
const NO_ETAG: ReadonlySet<string> = new Set(['list', 'snapshot', 'stage', 'delete', 'read tags'])

const MALFORMED = 'malformed:'

function textOf(symbol: LeaseIdSymbol | undefined, memory: Memory, number: number): string | undefined {
  if (symbol === undefined) return undefined
  if (symbol.startsWith(MALFORMED)) return symbol.slice(MALFORMED.length)
  const [name, form = 'D'] = symbol.split('@') as [string, (LeaseIdForm | 'twice')?]
  const id = idNamed(name, memory, number)
  return form === 'twice' ? `${id}${TWICE}${id}` : writtenAs(id, form)
}

/** Stands between the texts of a header that is sent twice. */
export const TWICE = '\n'

function idNamed(name: string, memory: Memory, number: number): LeaseId {
  if (name === 'held') return memory.held ?? fresh(number)
  if (name === 'former') return memory.former ?? fresh(number)
  if (name === 'fresh') return fresh(number)
  return idOfName(name)
}

/** The id that a name stands for in every scenario; scenarios share no resource, so they can share ids. */
export function idOfName(name: string): LeaseId {
  const id = IDS.get(name)
  if (id === undefined) {
    throw new Error(`${name} names no lease id; the names are ${NAMED_IDS.join(', ')}, held, former and fresh`)
  }
  return id
}

const IDS: ReadonlyMap<string, LeaseId> = new Map(
  NAMED_IDS.map((name) => {
    const run = (length: number) => name.toLowerCase().repeat(length)
    return [name, `${run(8)}-${run(4)}-4${run(3)}-8${run(3)}-${run(12)}`]
  }),
)
const NAMES: ReadonlyMap<LeaseId, string> = new Map([...IDS].map(([name, id]) => [id, name]))

/** The name of an id that `idOfName` made, if it did. */
export function nameOfId(id: LeaseId): string | undefined {
  return NAMES.get(id)
}

function fresh(number: number): LeaseId {
  return `0fe5cade-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}
