import type { OperationClass } from '../../model/operation.ts'
import type { ResourceKind } from '../../model/resource.ts'
import { code } from '../markdown-text.ts'
import type { AlmanacData } from './almanac-data.ts'
import { hrefFrom } from './anchors.ts'

/** What stands on one page of a kind: the classes of operations that people look up together. */
export interface Group {
  readonly name: string
  readonly title: string
  readonly classes: readonly OperationClass[]
}

export const GROUPS: readonly Group[] = [
  { name: 'acquire', title: 'Acquire', classes: ['acquire'] },
  { name: 'renew', title: 'Renew', classes: ['renew'] },
  { name: 'change', title: 'Change', classes: ['change'] },
  { name: 'release', title: 'Release', classes: ['release'] },
  { name: 'break', title: 'Break', classes: ['break'] },
  {
    name: 'reads',
    title: 'Reading, listing and snapshots',
    classes: ['observe', 'read', 'read blocks', 'read tags', 'list', 'snapshot'],
  },
  { name: 'writes', title: 'Writing', classes: ['write', 'append', 'seal', 'stage', 'mark', 'abort'] },
  {
    name: 'creating',
    title: 'Creating, overwriting, copying and renaming',
    classes: ['create', 'copy', 'make', 'rename', 'undelete'],
  },
  { name: 'deleting', title: 'Deleting', classes: ['delete'] },
  { name: 'unknown-actions', title: 'Lease requests without a known action', classes: ['lease'] },
]

/** Where the page of a kind and a group is. */
export function groupPath(kind: ResourceKind, { name }: Group): string {
  return `${kind}/${name}.md`
}

/** Where a rule is told: on the first page that has a cell that it decides, else among the rules that no cell meets. */
export type RulePlaces = ReadonlyMap<string, { readonly path: string; readonly heading: string }>

export const UNMET_PATH = 'rules-without-cells.md'

export function rulePlaces({ rules }: AlmanacData): RulePlaces {
  const places = new Map<string, { path: string; heading: string }>()
  for (const { rule, cases } of rules) {
    if (rule.expect.length === 0) continue
    const group = GROUPS.find(({ classes }) => cases.some(({ of }) => classes.includes(of)))
    const path = group === undefined ? UNMET_PATH : groupPath(rule.kind, group)
    places.set(rule.id, { path, heading: rule.id })
  }
  return places
}

/** A link to a rule; a rule that has no objection, or that the model does not have, is told by its name alone. */
export function ruleLink(places: RulePlaces, from: string, id: string): string {
  const place = places.get(id)
  return place === undefined ? code(id) : `[${code(id)}](${hrefFrom(from, place.path, place.heading)})`
}
