import { classOf, isLeaseAction } from '../operation.ts'
import { idNames, type Place } from '../place.ts'
import type { Resource, ResourceKind } from '../resource.ts'
import type { OperationStep } from '../scenario.ts'
import { describeUse, type Use } from '../uses.ts'
import { subjectOf } from '../world.ts'
import { MALFORMED } from './hostile.ts'
import { durationsOf, step, subjectIn, typicalUses, usesOf, withIds } from './step.ts'

/** Uses that have cells of their own, where nothing else is needed for them. */
export function rareInputsAt(place: Place): readonly OperationStep[] {
  const subject = subjectIn(place)
  const isRare = (use: Use) => {
    const { typical, needsSource } = describeUse(use)
    return !typical && !needsSource && classOf(use) !== 'lease' && fitsType(subject, use)
  }
  return withRoughIds(place, usesOf(subject.kind, isRare))
}

/** What holds the subject is leased, deleted under it, and made again. */
export function onHolderAt(place: Place): readonly OperationStep[] {
  const { parent, lease } = subjectIn(place)
  const isPoor = lease.state !== 'available' && lease.state !== 'leased'
  return inCompany(place).filter(({ on, do: name }) => on === parent && !(isPoor && isLeaseAction(name)))
}

/** Inputs where something is odd: the ways from state to state, and what the oddity may matter to. */
export function oddlyPlacedInputsAt(place: Place): readonly OperationStep[] {
  const subject = subjectIn(place)
  const holder = place.server.world.find(({ name }) => name === subject.parent)
  if (holder !== undefined && holder.lease.state !== 'available' && subject.kind !== 'blob-snapshot')
    return withSomeIds(place, typicalUses(subject.kind))
  if (subject.hasSnapshots)
    return withSomeIds(
      place,
      usesOf(subject.kind, (use) => classOf(use) === 'delete'),
    ).flatMap(withSnapshots)
  const source = place.server.world.find(({ name }) => name === 'source')
  if (source?.existence === 'present') return [...waysFrom(place), ...fromSource(place), ...inCompany(place)]
  return [...waysFrom(place), ...usesFor(place), ...(subject.kind === 'blob-snapshot' ? inCompany(place) : [])]
}

/** In an odd place every use that the subject is right for; of an append or page blob those that others do not have. */
function usesFor(place: Place): readonly OperationStep[] {
  const subject = subjectIn(place)
  const isOwn = (use: Use) =>
    subject.blobType === 'append' || subject.blobType === 'page'
      ? describeUse(use).blobType === subject.blobType || use === 'putBlob'
      : true
  const isFor = (use: Use) =>
    describeUse(use).needsSource !== true && classOf(use) !== 'lease' && fitsType(subject, use) && isOwn(use)
  return withRoughIds(place, usesOf(subject.kind, isFor))
}

function fitsType({ existence, blobType }: Resource, use: Use): boolean {
  const { blobType: wanted } = describeUse(use)
  return wanted === undefined || (existence === 'absent' ? wanted === 'block' : blobType === wanted)
}

/** Copies and renames from the source beside the subject. */
function fromSource(place: Place): readonly OperationStep[] {
  const subject = subjectIn(place)
  const type = subject.kind === 'blob' && subject.blobType !== 'block' ? subject.blobType : undefined
  const isFor = (use: Use) =>
    describeUse(use).needsSource === true && (type ?? describeUse(use).blobType) === describeUse(use).blobType
  const uses = usesOf(subject.kind, (use) => isFor(use) && fitsType(subject, use))
  return withRoughIds(place, uses).flatMap((input) => {
    const ids = classOf(input.do) === 'rename' ? SOURCE_IDS : [undefined]
    return ids.map((sourceLeaseId) => ({ ...input, source: 'source', ...(sourceLeaseId ? { sourceLeaseId } : {}) }))
  })
}

/** The id that a leased source holds, and another one. */
const SOURCE_IDS = [undefined, 'E', 'F']

/** What has snapshots is deleted with them, and without saying so. */
function withSnapshots(input: OperationStep): readonly OperationStep[] {
  return [input, { ...input, snapshots: 'include' }]
}

/** In an odd world: the ways from state to state. */
function waysFrom(place: Place): readonly OperationStep[] {
  const { name: on, kind } = subjectOf(place.setting)
  const { held } = idNames(place)
  const durations = durationsOf(kind) === 'fixed' ? ['15', '-1'] : ['-1']
  const unused = held === 'A' ? 'B' : 'A'
  return [
    ...durations.map((duration) => step({ do: 'acquire', on, proposedLeaseId: 'A', duration })),
    step({ do: 'break', on, breakPeriod: undefined }),
    step({ do: 'break', on, breakPeriod: '0' }),
    ...[held, unused].flatMap((leaseId) =>
      leaseId === undefined ? [] : [step({ do: 'renew', on, leaseId }), step({ do: 'release', on, leaseId })],
    ),
    step({ do: 'change', on, leaseId: held ?? unused, proposedLeaseId: 'C' }),
  ]
}

/** What is done to the resources beside the subject. */
function inCompany(place: Place): readonly OperationStep[] {
  return place.server.world
    .filter(({ name }) => name !== subjectOf(place.setting).name)
    .flatMap(({ name: on, kind, existence, lease }) => {
      if (existence !== 'present') return kind === 'container' || kind === 'share' ? [making(kind, on)] : []
      const isHolder = on !== 'source'
      const id = isHolder ? 'F' : 'E'
      return [
        lease.state === 'available'
          ? step({ do: 'acquire', on, proposedLeaseId: id, duration: '-1' })
          : step({ do: 'release', on, leaseId: id }),
        ...(isHolder ? deleting(kind, on) : []),
      ]
    })
}

function making(kind: 'container' | 'share', on: string): OperationStep {
  return { do: kind === 'container' ? 'createContainer' : 'createShare', on }
}

function deleting(kind: ResourceKind, on: string): readonly OperationStep[] {
  const use = usesOf(kind, (each) => classOf(each) === 'delete')[0]
  if (use === undefined) return []
  const plain: OperationStep = { do: use, on }
  if (kind !== 'share' && kind !== 'blob') return [plain]
  const options = kind === 'share' ? (['include', 'include-leased'] as const) : (['include'] as const)
  return [plain, ...options.map((snapshots) => ({ ...plain, snapshots }))]
}

/** The ids that matter to a use whose cells are rough. */
function roughIds(place: Place): readonly (string | undefined)[] {
  const { held } = idNames(place)
  const malformed = place.thorough || subjectIn(place).lease.state === 'available' ? [MALFORMED] : []
  return [undefined, ...(held === undefined ? [] : [held]), held === 'B' ? 'C' : 'B', ...malformed]
}

function withRoughIds(place: Place, uses: readonly Use[]): readonly OperationStep[] {
  const { name: on } = subjectOf(place.setting)
  return uses.flatMap((use) => withIds(use, on, roughIds(place)))
}

/** With the id that is held, if one is, and without. */
function withSomeIds(place: Place, uses: readonly Use[]): readonly OperationStep[] {
  const { name: on } = subjectOf(place.setting)
  const { held } = idNames(place)
  return uses.flatMap((use) => withIds(use, on, held === undefined ? [undefined] : [undefined, held]))
}
