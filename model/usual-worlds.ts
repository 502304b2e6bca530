import { RESOURCE_KINDS } from './resource.ts'
import type { ResourceSetting } from './world.ts'

const CONTAINER: ResourceSetting = { name: 'container', kind: 'container', condition: 'present' }
const BLOB: ResourceSetting = { name: 'blob', kind: 'blob', parent: 'container', condition: 'present' }
const SHARE: ResourceSetting = { name: 'share', kind: 'share', condition: 'present' }
const FILE: ResourceSetting = { name: 'file', kind: 'file', parent: 'share', condition: 'present' }
const ABSENT = { condition: 'absent' } as const

/** The worlds that scenarios usually play in. Steps act on the last resource unless they say otherwise. */
export const WORLDS: Readonly<Record<string, readonly ResourceSetting[]>> = {
  blob: [CONTAINER, BLOB],
  'blob-absent': [CONTAINER, { ...BLOB, ...ABSENT }],
  'blob-orphan': [
    { ...CONTAINER, ...ABSENT },
    { ...BLOB, ...ABSENT },
  ],
  'blob-uncommitted': [CONTAINER, { ...BLOB, condition: 'uncommitted' }],
  'append-blob': [CONTAINER, { ...BLOB, condition: 'append' }],
  'page-blob': [CONTAINER, { ...BLOB, condition: 'page' }],
  'blob-and-source': [CONTAINER, { ...BLOB, name: 'source' }, BLOB],
  'append-blob-and-source': [CONTAINER, { ...BLOB, name: 'source' }, { ...BLOB, condition: 'append' }],
  'page-blob-and-source': [CONTAINER, { ...BLOB, name: 'source', condition: 'page' }, { ...BLOB, condition: 'page' }],
  'blob-snapshot': [CONTAINER, BLOB, { name: 'snapshot', kind: 'blob-snapshot', parent: 'blob', condition: 'present' }],
  container: [CONTAINER],
  'container-absent': [{ ...CONTAINER, ...ABSENT }],
  share: [SHARE],
  'share-absent': [{ ...SHARE, ...ABSENT }],
  'share-snapshot': [SHARE, { name: 'snapshot', kind: 'share-snapshot', parent: 'share', condition: 'present' }],
  file: [SHARE, FILE],
  'file-absent': [SHARE, { ...FILE, ...ABSENT }],
  'file-orphan': [
    { ...SHARE, ...ABSENT },
    { ...FILE, ...ABSENT },
  ],
  'file-and-source': [SHARE, { ...FILE, name: 'source' }, FILE],
  'file-absent-and-source': [SHARE, { ...FILE, name: 'source' }, { ...FILE, ...ABSENT }],
}

/** The worlds in which nothing is odd about the resource, and nothing is beside it. */
const PRINCIPAL: ReadonlySet<string> = new Set(
  RESOURCE_KINDS.filter((kind) => kind !== 'blob-snapshot').flatMap((kind) => [
    kind,
    `${kind}-absent`,
    `${kind}-orphan`,
  ]),
)

/** The name of a world, or the list of its resources. */
export function worldNameOf(world: readonly ResourceSetting[]): string {
  return NAMES.get(world) ?? worldText(world)
}

/** Whether nothing is odd about a world's resource, and nothing is beside it: then its states are told apart finely. */
export function isPrincipal(world: readonly ResourceSetting[]): boolean {
  return PRINCIPAL.has(worldNameOf(world))
}

const NAMES: ReadonlyMap<readonly ResourceSetting[], string> = new Map(
  Object.entries(WORLDS).map(([name, world]) => [world, name]),
)

function worldText(world: readonly ResourceSetting[]): string {
  const text = JSON.stringify(world)
  const named = Object.entries(WORLDS).find(([, settings]) => JSON.stringify(settings) === text)
  if (named !== undefined) return named[0]
  return world
    .map(({ name, kind, condition, parent }) => [name, kind, condition, ...(parent ? [parent] : [])].join(':'))
    .join(',')
}
