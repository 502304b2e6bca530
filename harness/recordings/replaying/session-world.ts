import { classOf, type OperationName } from '../../../model/operation.ts'
import type { ResourceKind, ResourceName } from '../../../model/resource.ts'
import type { ResourceSetting } from '../../../model/world.ts'
import { kindWordOf, operationNameOf } from '../importing/condensed/recorded-operation.ts'
import type { RecordedStep } from '../importing/condensed/recorded-session.ts'

/** A resource of a session, as far as the recording tells. */
interface Met {
  readonly setting: ResourceSetting
  isThere: boolean
  hasSnapshots: boolean
  /** Why nothing more can be done with it again. */
  lost: string | undefined
}

/** What a copy reads or a rename moves; `making` creates it, if it is not there yet. */
export interface Source {
  readonly name: ResourceName
  readonly making?: OperationName
}

const MAKING: ReadonlySet<string> = new Set(['make', 'create', 'stage', 'copy'])

/**
 * The resources of a recorded session, met one by one. A recording says nothing of what was there before it began: that is
 * known only of what it creates itself, and of what is in something that it creates.
 */
export class SessionWorld {
  readonly #met = new Map<ResourceName, Met>()
  /** Shares of which a snapshot is used: only the server knows its name, so both are there from the beginning. */
  readonly #snapshotBases: ReadonlyMap<ResourceName, ResourceName>

  constructor(steps: readonly RecordedStep[]) {
    this.#snapshotBases = snapshotBases(steps)
  }

  /** Takes note of a step's resource; the reason why the step cannot be done again, if there is one. */
  meet(step: RecordedStep): string | undefined {
    const met = this.#met.get(step.r) ?? this.#introduce(step)
    if (met.lost !== undefined) return met.lost
    const isBase = [...this.#snapshotBases.values()].includes(step.r)
    const name = operationNameOf(step)
    if (isBase && (name === 'createShare' || name === 'snapshotShare') && step.st < 300) {
      met.hasSnapshots ||= name === 'snapshotShare'
      return 'it was done before: only the server knows the name of a snapshot'
    }
    met.lost = contradiction(step, name, met.isThere)
    return met.lost
  }

  /** After a step that cannot be done again and has changed something, nothing more is known of its resource. */
  skip({ r, op, st }: RecordedStep): void {
    const met = this.#met.get(r)!
    const isRead = op.startsWith('GET') || op.startsWith('HEAD')
    if (!isRead && st < 300 && !this.#isPrepared(r)) met.lost ??= 'what it holds depends on a step that was set aside'
  }

  /** Takes note of what an answer shows. */
  take({ r, st }: RecordedStep, name: OperationName): void {
    if (st >= 300) return
    const met = this.#met.get(r)!
    if (name === 'snapshotBlob' || name === 'snapshotShare') met.hasSnapshots = true
    if (classOf(name) === 'delete') this.#remove(r)
    else met.isThere = true
  }

  hasSnapshots(name: ResourceName): boolean {
    return this.#met.get(name)?.hasSnapshots === true
  }

  /** Another resource beside the one that a step is about: one of the session, or else one that has to be made. */
  sourceFor({ r }: RecordedStep): Source {
    const { kind, parent } = this.#met.get(r)!.setting
    for (const [name, { setting, isThere, lost }] of this.#met) {
      if (name !== r && setting.kind === kind && setting.parent === parent && isThere && lost === undefined)
        return { name }
    }
    const name = `source-of-${r}`
    this.#add({ name, kind, condition: 'absent', ...(parent === undefined ? {} : { parent }) }).isThere = true
    return { name, making: kind === 'file' ? 'createFile' : 'putBlob' }
  }

  /** Parents before children. */
  settings(): readonly ResourceSetting[] {
    const settings = [...this.#met.values()].filter(({ lost }) => !NEVER_USED.has(lost)).map(({ setting }) => setting)
    const isTop = ({ parent }: ResourceSetting) => parent === undefined
    return [...settings.filter(isTop), ...settings.filter((setting) => !isTop(setting))]
  }

  #introduce(step: RecordedStep): Met {
    const word = KINDS_MET.find((each) => each === kindWordOf(step.r))
    if (word === undefined) return this.#introduceUnknown(step.r)
    if (this.#isPrepared(step.r)) return this.#introducePrepared(step.r)
    const parent = word === 'blob' || word === 'file' ? this.#parentFor(word) : undefined
    const isInNew = parent !== undefined && parent.setting.condition === 'absent'
    const isNew = isInNew || isCreated(step) || step.st === 404
    const met = this.#add({
      name: step.r,
      kind: word,
      condition: 'absent',
      ...(parent === undefined ? {} : { parent: parent.setting.name }),
    })
    met.lost = parent?.lost ?? (isNew ? undefined : UNKNOWN_START)
    return met
  }

  #introduceUnknown(name: ResourceName): Met {
    const met = this.#add({ name, kind: 'container', condition: 'absent' })
    met.lost = UNKNOWN_KIND
    return met
  }

  #introducePrepared(name: ResourceName): Met {
    const base = this.#snapshotBases.get(name)
    const setting: ResourceSetting =
      base === undefined
        ? { name, kind: 'share', condition: 'present' }
        : { name, kind: 'share-snapshot', parent: base, condition: 'present' }
    const met = this.#add(setting)
    met.isThere = true
    return met
  }

  /** The container or share that was met last; one that the recording does not show was there. */
  #parentFor(word: 'blob' | 'file'): Met {
    const kind = word === 'blob' ? 'container' : 'share'
    const last = [...this.#met.values()].findLast(({ setting }) => setting.kind === kind)
    if (last !== undefined) return last
    const unseen = this.#add({ name: `unseen-${kind}`, kind, condition: 'present' })
    unseen.isThere = true
    return unseen
  }

  #isPrepared(name: ResourceName): boolean {
    return this.#snapshotBases.has(name) || [...this.#snapshotBases.values()].includes(name)
  }

  #add(setting: ResourceSetting): Met {
    const met: Met = { setting, isThere: false, hasSnapshots: false, lost: undefined }
    this.#met.set(setting.name, met)
    return met
  }

  #remove(name: ResourceName): void {
    for (const [each, met] of this.#met) {
      if (each !== name && met.setting.parent !== name) continue
      met.isThere = false
      met.hasSnapshots = false
    }
  }
}

/** The kinds that recordings name. */
const KINDS_MET = ['container', 'blob', 'share', 'file'] as const satisfies readonly ResourceKind[]

const UNKNOWN_START = 'nobody knows what was there before the recording began'
const UNKNOWN_KIND = 'the model does not know this kind of resource'
const NEVER_USED: ReadonlySet<string | undefined> = new Set([UNKNOWN_START, UNKNOWN_KIND])

/** What a recording cannot mean if it is whole. */
function contradiction(
  { st, code = '' }: RecordedStep,
  name: OperationName | undefined,
  isThere: boolean,
): string | undefined {
  const of = name === undefined ? undefined : classOf(name)
  if (of === 'delete' && st < 300 && !isThere) return 'it was deleted twice, so several resources go by its name'
  if (of === 'make' && st < 300 && isThere) return 'it was created twice, so several resources go by its name'
  const isGone = st === 404 && /^(?:Blob|Container|Share|Resource)NotFound$/.test(code)
  return isGone && isThere ? 'it is gone although no recorded request deletes it: one is missing' : undefined
}

function isCreated(step: RecordedStep): boolean {
  const name = operationNameOf(step)
  return name !== undefined && MAKING.has(classOf(name)) && step.st < 300
}

/** Which recorded shares are snapshots, and of which share: the one that a snapshot was taken of last. */
function snapshotBases(steps: readonly RecordedStep[]): ReadonlyMap<ResourceName, ResourceName> {
  const snapshots = new Set(steps.filter(({ op }) => op.includes('sharesnapshot')).map(({ r }) => r))
  const bases = new Map<ResourceName, ResourceName>()
  let base: ResourceName | undefined
  for (const { r, op, st } of steps) {
    if (op === 'PUT comp=snapshot restype=share' && st < 300) base = r
    if (snapshots.has(r) && !bases.has(r) && base !== undefined) bases.set(r, base)
  }
  return bases
}
