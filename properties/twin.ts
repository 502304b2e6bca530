import type { OperationName } from '../model/operation.ts'
import type { ResourceName } from '../model/resource.ts'
import { doc, type Evidence, inferred } from '../model/rules/evidence.ts'
import { isWait, type OperationStep, type Scenario, type Step } from '../model/scenario.ts'
import type { Trace } from '../model/trace.ts'
import { measuredSteps } from './measured-waits.ts'
import { readsOf } from './plain-reads.ts'
import { besideItself } from './twin-resources.ts'

/** A scenario that has to be answered as another one was. */
export interface Twin {
  readonly scenario: Scenario
  /**
   * Which steps of the first scenario correspond to which of the twin, by their places. Where the twin does everything
   * several times, each time has its own correspondence, since each has lease ids of its own.
   */
  readonly correspondences: readonly Correspondence[]
}

export type Correspondence = readonly (readonly [original: number, twin: number])[]

/**
 * Something that holds of every server that keeps leases at all: it compares the server with itself, and needs nobody who
 * knows which answer is right. So it also notices a server that changes its mind where several answers are permitted.
 */
export interface TwinProperty {
  readonly sentence: string
  /** Whose answers are out of order if they differ: those of the play that does more. */
  readonly accused: 'original' | 'twin'
  /** What the other play does, as in "201, as without the refused requests". */
  readonly otherwise: string
  readonly evidence: readonly Evidence[]
  /** The twin of a scenario that was played; undefined if the property has nothing to say of it. */
  readonly twinOf: (played: Trace) => Twin | undefined
}

/** The properties by name. */
export const TWIN_PROPERTIES = {
  'failed-operations-change-nothing': {
    sentence: 'A refused request changes no later answer.',
    accused: 'original',
    otherwise: 'without the refused requests',
    evidence: [doc('lease-blob', 'a refused request changes nothing')],
    twinOf: withoutRefused,
  },
  'reads-change-nothing': {
    sentence: 'A read in between changes no later answer.',
    accused: 'twin',
    otherwise: 'without the reads in between',
    evidence: [doc('lease-blob', 'a read leaves every state as it is')],
    twinOf: withReads,
  },
  'waits-add-up': {
    sentence: 'To wait in one go or in two, with a look in between, is the same.',
    accused: 'twin',
    otherwise: 'after one wait',
    evidence: [inferred('a lease ends at an instant, however often somebody has looked before')],
    twinOf: withWaitsSplit,
  },
  'resources-are-alike': {
    sentence: 'The same scenario on two resources at once is answered on both as on one alone.',
    accused: 'twin',
    otherwise: 'on one resource alone',
    evidence: [inferred('every resource has a lease of its own')],
    twinOf: beside,
  },
  'ids-are-names': {
    sentence: 'Other lease ids in the same places are answered alike.',
    accused: 'twin',
    otherwise: 'with other lease ids',
    evidence: [
      doc('lease-blob', 'any GUID can be proposed'),
      inferred('ids are compared for equality and nothing else'),
    ],
    twinOf: withIdsExchanged,
  },
} as const satisfies Record<string, TwinProperty>

export type TwinPropertyName = keyof typeof TWIN_PROPERTIES
export const TWIN_PROPERTY_NAMES = Object.keys(TWIN_PROPERTIES) as readonly TwinPropertyName[]

function withoutRefused(played: Trace): Twin | undefined {
  const isRefused = played.steps.map(({ exchanges }) => (exchanges.at(-1)?.answer?.status ?? 0) >= 300)
  const rest = played.steps.slice(isRefused.indexOf(true) + 1)
  if (!isRefused.includes(true) || rest.every(({ call }) => isWait(call))) return undefined
  return woven(played, (step, place) => (isRefused[place] ? [] : [{ step, isOriginal: true }]))
}

function withReads(played: Trace): Twin | undefined {
  if (dependsOnLooks(played)) return undefined
  return woven(played, (step, place) => {
    const read = readOf(played, step.on, place)
    return [...(read === undefined ? [] : [{ step: read, isOriginal: false }]), { step, isOriginal: true }]
  })
}

function withWaitsSplit(played: Trace): Twin | undefined {
  if (dependsOnLooks(played) || !measuredSteps(played).some(isDivisible)) return undefined
  return woven(played, (step, place) => {
    const read = isWait(step) && isDivisible(step) ? readOf(played, step.on, place) : undefined
    if (!isWait(step) || read === undefined) return [{ step, isOriginal: true }]
    const half = Math.floor(step.ms / 2)
    return [
      { step: { ...step, ms: half }, isOriginal: false },
      { step: read, isOriginal: false },
      { step: { ...step, ms: step.ms - half }, isOriginal: true },
    ]
  })
}

/** Without a look in between, the two halves of a wait send nothing that one wait does not. */
function isDivisible(step: Step): boolean {
  return isWait(step) && step.ms >= 2
}

function beside(played: Trace): Twin | undefined {
  return besideItself({ world: played.world, steps: measuredSteps(played) })
}

/** The order is turned round as well, since a server may compare ids by it. */
const EXCHANGED: Readonly<Record<string, string>> = { A: 'F', B: 'E', C: 'D', D: 'C', E: 'B', F: 'A' }

function withIdsExchanged(played: Trace): Twin | undefined {
  let exchanged = 0
  const renamed = (symbol: string | undefined) => {
    const [name = '', ...form] = symbol?.split('@') ?? []
    const other = EXCHANGED[name]
    if (other !== undefined) exchanged++
    return other === undefined ? symbol : [other, ...form].join('@')
  }
  const twin = woven(played, (step) => [{ step: isWait(step) ? step : withIds(step, renamed), isOriginal: true }])
  return exchanged === 0 ? undefined : twin
}

function withIds(step: OperationStep, renamed: (symbol: string | undefined) => string | undefined): OperationStep {
  const ids = (['leaseId', 'proposedLeaseId', 'sourceLeaseId'] as const).flatMap((header) => {
    const symbol = renamed(step[header])
    return symbol === undefined ? [] : [[header, symbol] as const]
  })
  return { ...step, ...Object.fromEntries(ids) }
}

/** A condition on the ETag that was seen last asks for something else if something else was seen. */
function dependsOnLooks({ steps }: Trace): boolean {
  return steps.some(({ call }) => !isWait(call) && call.condition?.endsWith(':current') === true)
}

/** A plain read of a resource: the one that comes next anyway, since a server may keep its answer, or else each in turn. */
function readOf({ world, steps }: Trace, on: ResourceName, place: number): OperationStep | undefined {
  const kind = world.find(({ name }) => name === on)!.kind
  const reads: readonly OperationName[] = readsOf(kind)
  const next = steps.slice(place).find(({ call }) => !isWait(call) && call.on === on && reads.includes(call.do))
  const name = next === undefined || isWait(next.call) ? reads[place % reads.length] : next.call.do
  return name === undefined ? undefined : { do: name, on }
}

interface Woven {
  readonly step: Step
  /** Whether this is the original's own step, whose answer is compared. */
  readonly isOriginal: boolean
}

/** The twin that has something in the place of each step. */
function woven(played: Trace, instead: (step: Step, place: number) => readonly Woven[]): Twin {
  const steps: Step[] = []
  const pairs: (readonly [number, number])[] = []
  for (const [place, original] of measuredSteps(played).entries()) {
    for (const { step, isOriginal } of instead(original, place)) {
      if (isOriginal) pairs.push([place, steps.length])
      steps.push(step)
    }
  }
  return { scenario: { world: played.world, steps }, correspondences: [pairs] }
}
