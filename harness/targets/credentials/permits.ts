import type { OperationName } from '../../../model/operation.ts'
import { type Family, KINDS, type ResourceKind, type Service } from '../../../model/resource.ts'
import type { OperationStep } from '../../../model/scenario.ts'
import type { ResourceSetting } from '../../../model/world.ts'
import type { Credential } from './credential.ts'
import { neededRight } from './needed-right.ts'
import type { Sas } from './sas.ts'

/** Whether a credential permits a step in a world, as far as its own fields tell. */
export type Permits = (
  step: Pick<OperationStep, 'do' | 'condition'>,
  kind: ResourceKind,
  world: readonly ResourceSetting[],
) => boolean

/** What nobody but the holder of the account key does, or a token only where the service has learned it lately. */
const BY_KEY: readonly OperationName[] = ['getContainerAcl', 'setContainerAcl', 'getShareAcl', 'setShareAcl']

/** What a credential permits; undefined: everything. */
export function permitsOf(credential: Credential, version: string): Permits | undefined {
  switch (credential.by) {
    case 'key':
    case 'nobody':
      return undefined
    case 'token':
      return ({ do: name }) => !BY_KEY.includes(name)
    case 'sas': {
      const { sas } = credential
      return ({ do: name, condition }, kind, world) =>
        permits(sas, name, kind, version) &&
        (sas.kind === 'account' || hasContainer(world)) &&
        (condition?.startsWith('x-ms-if-tags') !== true || hasLetter(sas, 't'))
    }
    default:
      return credential satisfies never
  }
}

/** Inside a container that is somebody's there is no world without one. */
function hasContainer(world: readonly ResourceSetting[]): boolean {
  return world.every(({ kind, condition }) => kind !== 'container' || condition === 'present')
}

/** Whether a signature permits an operation. What a stored access policy permits is not known until it is tried. */
export function permits(sas: Sas, name: OperationName, kind: ResourceKind, version: string): boolean {
  const { resource, letters, also = '', service } = neededRight(name, kind, version)
  const isOpen =
    sas.kind === 'account'
      ? sas.services.includes(letterOf(KINDS[kind].service)) && sas.resources.includes(resource)
      : service && sas.resources === (KINDS[kind].service === 'blob' ? 'c' : 's')
  if (!isOpen || letters === '') return false
  return [...letters].some((letter) => hasLetter(sas, letter)) && [...also].every((letter) => hasLetter(sas, letter))
}

export function hasLetter({ permissions }: Sas, letter: string): boolean {
  return permissions === undefined || permissions.includes(letter)
}

function letterOf(service: Service): 'b' | 'f' {
  return service === 'blob' ? 'b' : 'f'
}

/** What a scenario of a kind cannot do without: its world has to be made, its leases taken, and all of it removed again. */
const INDISPENSABLE: Readonly<Record<Family, readonly (readonly [name: OperationName, kind: ResourceKind])[]>> = {
  blob: [
    ['createContainer', 'container'],
    ['putBlob', 'blob'],
    ['deleteContainer', 'container'],
  ],
  container: [
    ['createContainer', 'container'],
    ['deleteContainer', 'container'],
  ],
  share: [
    ['createShare', 'share'],
    ['deleteShare', 'share'],
  ],
  file: [
    ['createShare', 'share'],
    ['createFile', 'file'],
    ['deleteShare', 'share'],
  ],
}
/** The same inside a container that is there, where blobs have to be removed one by one. */
const INSIDE: typeof INDISPENSABLE.blob = [
  ['putBlob', 'blob'],
  ['deleteBlob', 'blob'],
]

/** What keeps a kind from being checked with a credential; undefined if nothing does. */
export function hindranceTo(family: Family, credential: Credential, version: string): string | undefined {
  if (credential.by !== 'sas') return undefined
  const { sas } = credential
  const missing = needsOf(family, sas).find(([name, kind]) => !permits(sas, name, kind, version))
  if (missing === undefined) return undefined
  const [name] = missing
  return sas.kind === 'account'
    ? `the SAS (${describeSas(sas)}) does not permit ${name}, without which no ${family} can be checked`
    : `a ${sas.kind} SAS${sas.resources === 'c' ? ' of a container' : ''} permits no ${name}, without which no ${family} can be checked; take an account SAS`
}

function needsOf(family: Family, { kind, resources }: Sas) {
  return kind !== 'account' && resources === 'c' && family === 'blob' ? INSIDE : INDISPENSABLE[family]
}

/** The fields of a signature that say what it permits; the signature itself is not one of them. */
export function describeSas({ kind, permissions, services, resources }: Sas): string {
  const what = kind === 'account' ? `ss=${services}, srt=${resources}` : `sr=${resources}`
  return `${what}, ${permissions === undefined ? 'a stored access policy' : `sp=${permissions}`}`
}
