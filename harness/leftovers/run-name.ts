import { randomInt } from 'node:crypto'

/** What the names of everything that leasecheck creates begin with. */
export const PREFIX = 'leasecheck-'
const ID_LENGTH = 5

/** What the names of all that one run creates begin with: `leasecheck-<run id>`; a number follows. */
export function newRunName(): string {
  return (
    PREFIX +
    randomInt(36 ** ID_LENGTH)
      .toString(36)
      .padStart(ID_LENGTH, '0')
  )
}

/** `leasecheck-<run id>-<number>-<name>`; the number has an `r` behind it where a scenario was begun anew. */
const SHAPE = /^(leasecheck-[0-9a-z]{5})-[0-9]+(?:r[0-9]+)?-[0-9a-z]+$/
/** The same inside somebody's container, where blobs may be called anything. */
const BLOB_SHAPE = /^(leasecheck-[0-9a-z]{5})-[0-9]+(?:r[0-9]+)?-./

/** The run that gave a name to a container or share; undefined if it is no name that leasecheck gives, whatever it begins with. */
export function runNameIn(name: string): string | undefined {
  return SHAPE.exec(name)?.[1]
}

/** The same of a blob in a container that is somebody's. */
export function runNameInBlob(name: string): string | undefined {
  return BLOB_SHAPE.exec(name)?.[1]
}
