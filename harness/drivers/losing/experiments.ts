import { RETRY_POLICIES, type RetryPolicy } from '../../../model/client/documented.ts'
import { LOST_PARTS, type LostPart } from '../../../model/client/retries/retried-call.ts'
import { readToken } from '../../../model/notation.ts'
import { FAMILIES, type Family } from '../../../model/resource.ts'
import type { OperationStep } from '../../../model/scenario.ts'
import { EVERY_TIME, type Experiment } from './experiment.ts'

/** How the lease comes to be in a state before the call. No lease ends by itself, so no clock matters. */
const STATES = {
  available: '',
  'leased by us': 'acquire,proposed=A,duration=-1/',
  'leased by another': 'acquire,proposed=B,duration=-1/',
  broken: 'acquire,proposed=A,duration=-1/break/',
} as const
type State = keyof typeof STATES

/** The calls, and the states in which each is made; the first of them is the usual one. */
const CALLS: readonly (readonly [text: string, states: readonly State[]])[] = [
  ['acquire,proposed=A,duration=-1', ['available', 'leased by us', 'leased by another', 'broken']],
  ['acquire,duration=-1', ['available', 'leased by another']],
  ['renew,id=A', ['leased by us', 'leased by another', 'broken']],
  ['change,id=A,proposed=C', ['leased by us', 'leased by another']],
  ['release,id=A', ['leased by us', 'leased by another', 'broken']],
  ['break', ['leased by us', 'broken']],
  ['break,period=10', ['leased by us']],
]

/** Reading the lease back: what may go to a secondary. */
const READS: Readonly<Record<Family, string>> = {
  blob: 'getBlobProperties',
  container: 'getContainerProperties',
  share: 'getShareProperties',
  file: 'getFileProperties',
}

/** What depends on the client alone and takes long is tried with one kind of each service. */
const ONE_OF_EACH_SERVICE: readonly Family[] = ['blob', 'share']

/** All experiments, those that take longest first, so that the others fit in beside them. */
export const EXPERIMENTS: readonly Experiment[] = [
  ...ONE_OF_EACH_SERVICE.flatMap((family) => each(family, 'the usual state', ['default'], ['answer'], EVERY_TIME)),
  ...ONE_OF_EACH_SERVICE.flatMap((family) => each(family, 'the usual state', ['to-secondary'], ['request', 'answer'])),
  ...FAMILIES.flatMap((family) => each(family, 'every state', ['default'])),
  ...FAMILIES.flatMap((family) => each(family, 'every state', ['none'])),
]

function each(
  family: Family,
  where: 'the usual state' | 'every state',
  policies: readonly RetryPolicy[] = RETRY_POLICIES,
  parts: readonly LostPart[] = LOST_PARTS,
  times = 1,
): readonly Experiment[] {
  return [...CALLS, [READS[family], ['leased by us']] as const].flatMap(([text, states]) =>
    (where === 'every state' ? states : states.slice(0, 1)).flatMap((state) =>
      policies.flatMap((policy) =>
        parts.map((part) => ({
          family,
          text,
          state,
          ...scenarioOf(family, state, text),
          loss: { part, times },
          policy,
        })),
      ),
    ),
  )
}

function scenarioOf(family: Family, state: State, text: string): Pick<Experiment, 'scenario' | 'call'> {
  const read = readToken(`lc1/${family}/${STATES[state]}${text}`)
  if ('error' in read) throw new Error(read.error)
  return { scenario: read.scenario, call: read.scenario.steps.at(-1) as OperationStep }
}

/** The read that brings a connection about before a call, and shows the lease after it. */
export function readBackOf(family: Family, { on }: OperationStep): OperationStep {
  return { do: READS[family] as OperationStep['do'], on }
}
