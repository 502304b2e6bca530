import { observing } from '../model/inputs.ts'
import { deadlineOf, leaseIdOf } from '../model/lease.ts'
import type { Place } from '../model/place.ts'
import type { ResourceKind } from '../model/resource.ts'
import { nameOfId, type OperationStep, type Step } from '../model/scenario.ts'
import type { Use } from '../model/uses.ts'
import { resourceIn, subjectOf } from '../model/world.ts'
import { inTurn } from './in-turn.ts'

/** Steps that tell the state of a place from every other state. */
export function identification(place: Place, turn: () => number): readonly Step[] {
  return [...ownIdentification(place, turn), ...looksBeside(place)]
}

/** What a copy or a rename did to its source. */
function looksBeside({ setting }: Place): readonly Step[] {
  const source = setting.find(({ name }) => name === 'source')
  return source === undefined ? [] : [observing({ setting: [source] })]
}

function ownIdentification(place: Place, turn: () => number): readonly Step[] {
  const { name: on, kind } = subjectOf(place.setting)
  const { existence, lease } = resourceIn(place.server.world, on)
  const observe = inTurn(observing(place), turn)
  if (existence === 'absent') {
    const creating = CREATING[kind]
    return creating === undefined ? [observe] : [observe, { do: creating, on }, observe]
  }
  const id = leaseIdOf(lease)
  const held = id === undefined ? 'A' : (nameOfId(id) ?? 'held')
  const observeAsHolder: OperationStep = { ...observe, leaseId: held }
  switch (lease.state) {
    case 'available':
      return [observe, { do: 'renew', on, leaseId: held }]
    case 'broken':
      return [observe, { do: 'release', on, leaseId: held }, observe]
    case 'expired':
      return [observe, { do: 'renew', on, leaseId: held }, observeAsHolder]
    case 'leased':
    case 'breaking':
      if (deadlineOf(lease) === undefined) return [{ wait: 'for', on, ms: 61_000 }, observeAsHolder]
      return [
        { wait: 'until deadline', on, ms: -1 },
        observeAsHolder,
        { wait: 'until deadline', on, ms: 0 },
        observe,
        { wait: 'for', on, ms: 1000 },
      ]
    default:
      return lease satisfies never
  }
}

/** What makes an absent resource anew, with nothing left of the old one. */
const CREATING: Readonly<Partial<Record<ResourceKind, Use>>> = { blob: 'putBlob', file: 'createFile' }
