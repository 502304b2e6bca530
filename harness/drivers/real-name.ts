import type { ResourceName } from '../../model/resource.ts'

/**
 * Real names, as a server knows resources: `container`, `container/blob`, `share`, `share/file`. That of a snapshot is the name
 * of what it was taken of and the time that the server gave it: `container/blob?snapshot=2030-01-01T00:00:00.0000000Z`.
 */
export type RealName = string

const SNAPSHOT = '?snapshot='

/** @throws Error if the resource was given no real name: then it is not of the scenario that the names are of. */
export function realNameIn(names: ReadonlyMap<ResourceName, RealName>, name: ResourceName): RealName {
  const real = names.get(name)
  if (real === undefined)
    throw new Error(`no real name was given for ${name}; given are ${[...names.keys()].join(', ')}`)
  return real
}

/** Splits `container/blob`; a blob's name may hold slashes, a container's may not. */
export function containerAndBlob(realName: RealName): readonly [container: string, blob: string] {
  const slash = realName.indexOf('/')
  return [realName.slice(0, slash), realName.slice(slash + 1)]
}

/** The name of a snapshot of a resource. */
export function snapshotOf(base: RealName, time: string): RealName {
  return `${base}${SNAPSHOT}${time}`
}

export function isSnapshot(realName: RealName): boolean {
  return /\?snapshot=[-0-9T:.]+Z$/.test(realName)
}

/** Splits the name of a snapshot; the name of a blob may look like one, but times hold no question mark. */
export function baseAndTime(realName: RealName): readonly [base: RealName, time: string] {
  const mark = realName.lastIndexOf(SNAPSHOT)
  return [realName.slice(0, mark), realName.slice(mark + SNAPSHOT.length)]
}

const PLAIN_NAME = /^[\w\-./$]*$/

/** The path below the account, with its leading slash, percent-encoded. */
export function pathOf(realName: RealName): string {
  return PLAIN_NAME.test(realName) ? `/${realName}` : `/${realName.split('/').map(encodeURIComponent).join('/')}`
}

/** The URL of a resource, given that of its account. */
export function urlOf(accountUrl: string, realName: RealName): string {
  if (!isSnapshot(realName)) return accountUrl + pathOf(realName)
  const [base, time] = baseAndTime(realName)
  return `${accountUrl}${pathOf(base)}${SNAPSHOT}${encodeURIComponent(time)}`
}
