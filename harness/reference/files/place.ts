import type { OperationName } from '../../../model/operation.ts'
import type { Resource, ResourceName } from '../../../model/resource.ts'
import type { World } from '../../../model/world.ts'
import { type Answer, type Effect, invalidParameter, type Refusal, refusal } from '../answer.ts'
import { isContainerName } from '../blobs/place.ts'
import type { Call } from '../call.ts'
import { isFor } from '../kind-of-operation.ts'
import { modelled } from '../modelled.ts'
import type { Entry, StoredFile, StoredShare, Tree } from './store.ts'

/** The share, or the snapshot of a share, that a request is about. */
export interface SharePlace {
  readonly name: string
  /** Undefined if it does not exist. */
  readonly share: StoredShare | undefined
  /** The instant that names the snapshot. */
  readonly snapshot: string | undefined
  readonly resource: Resource
  /** The share, and of a snapshot the snapshot too. */
  readonly world: World
}

/** The file that a request is about, in a share as it is now. */
export interface FilePlace {
  readonly share: StoredShare | undefined
  /** As the request writes it. */
  readonly path: string
  /** Undefined if it does not exist. */
  readonly file: StoredFile | undefined
  readonly parent: Resource
  readonly resource: Resource
}

const MOST_PATH_CHARACTERS = 2048
/** Characters that names of directories and files cannot have. Source: "Naming and referencing shares, directories, files, and metadata". */
const UNNAMEABLE = /["\\:|<>*?]|\p{Cc}/u

export const isShareName = isContainerName

/** What the model calls a snapshot of a share. */
export function shareSnapshotName(share: string, snapshot: string): ResourceName {
  return `${share}?snapshot=${snapshot}`
}

/** What the model calls a file. Paths that differ only by case are the same. */
export function fileResourceName(share: string, path: string): ResourceName {
  return `${share}/${keyOf(path)}`
}

/** A path by which a tree finds its entry. */
export function keyOf(path: string): string {
  return path.toLowerCase()
}

function sharePlace({ account: { files }, request }: Call): SharePlace {
  const name = request.address.root
  const snapshot = request.query.get('sharesnapshot')
  const base = files.ledger.resource({ name, kind: 'share' })
  const share = files.shares.get(name)
  if (snapshot === undefined) return { name, share, snapshot, resource: base, world: [base] }
  const own = shareSnapshotName(name, snapshot)
  const resource = files.ledger.resource({ name: own, kind: 'share-snapshot', parent: name })
  return { name, share, snapshot, resource, world: [base, resource] }
}

export function filePlace({ account: { files } }: Call, root: string, path: string): FilePlace {
  const share = files.shares.get(root)
  const entry = share?.tree.get(keyOf(path))
  const parent = files.ledger.resource({ name: root, kind: 'share' })
  const resource = files.ledger.resource({ name: fileResourceName(root, path), kind: 'file', parent: root })
  return { share, path, file: entry?.type === 'file' ? entry : undefined, parent, resource }
}

/** Carries out an operation on a share, or on a snapshot of it, that the model has rules for. */
export function onShare(
  call: Call,
  name: OperationName,
  effect: (place: SharePlace) => Effect,
  beside: World = [],
): Answer {
  const place = sharePlace(call)
  const { snapshot, resource } = place
  if (snapshot !== undefined && (Number.isNaN(Date.parse(snapshot)) || !isFor(name, 'share-snapshot'))) {
    return invalidParameter('sharesnapshot', snapshot)
  }
  const world = [...place.world, ...beside]
  return modelled(call, { ledger: call.account.files.ledger, name, on: resource.name, world }, () => effect(place))
}

/** Carries out an operation on a file that the model has rules for. What is in a snapshot cannot be changed or leased. */
export function onFile(
  call: Call,
  name: OperationName,
  effect: (place: FilePlace) => Effect,
  source?: Resource,
): Answer {
  const { address, query } = call.request
  const fault = pathFault(address.name)
  if (fault !== undefined) return fault
  if (query.has('sharesnapshot')) return invalidParameter('sharesnapshot', query.get('sharesnapshot')!)
  const place = filePlace(call, address.root, address.name)
  const world = [place.parent, place.resource]
  if (source !== undefined && source.name !== place.resource.name) world.push(source)
  const { ledger } = call.account.files
  const question = { ledger, name, on: place.resource.name, world, source: source?.name }
  return modelled(call, question, () => effect(place))
}

/** What is wrong with a path, if anything. */
export function pathFault(path: string): Refusal | undefined {
  if (path.length > MOST_PATH_CHARACTERS || UNNAMEABLE.test(path)) return refusal(400, 'InvalidResourceName')
  const parts = path.split('/')
  const isOdd = path !== '' && parts.some((part) => part === '' || part === '.' || part === '..' || part.length > 255)
  return isOdd ? refusal(400, 'InvalidResourceName') : undefined
}

/** What stands against putting something at a path, if anything: the directory above has to exist. */
export function newEntryFault(tree: Tree, path: string, type: Entry['type']): Refusal | undefined {
  if (tree.get(keyOf(directoryOf(path)))?.type !== 'directory') return refusal(404, 'ParentNotFound')
  const there = tree.get(keyOf(path))
  return there !== undefined && there.type !== type ? refusal(409, 'ResourceTypeMismatch') : undefined
}

/** The path of the directory that something is in; empty for the root. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
