import type { ResourceKind } from '../model/resource.ts'
import { describeUse, USES, type Use } from '../model/uses.ts'

const ORDER: readonly string[] = ['observe', 'list', 'read']

/**
 * The reads that every resource of a kind answers, those that report the lease first. A listing of containers or shares is
 * none of them: it reads what belongs to others.
 */
export function readsOf(kind: ResourceKind): readonly Use[] {
  return (Object.keys(USES) as Use[])
    .filter((use) => isPlainRead(use, kind))
    .sort((a, b) => ORDER.indexOf(USES[a].class) - ORDER.indexOf(USES[b].class))
}

function isPlainRead(use: Use, kind: ResourceKind): boolean {
  const { kind: own, class: of, blobType } = describeUse(use)
  const readsOthers = of === 'list' && kind !== 'blob'
  return own === kind && ORDER.includes(of) && blobType === undefined && !readsOthers
}
