import type { ResourceKind } from '../../model/resource.ts'
import { plain, table } from '../markdown-text.ts'
import type { AlmanacData } from './almanac-data.ts'
import { hrefFrom } from './anchors.ts'
import { DIAGRAMS } from './diagrams/diagrams.ts'
import { kindPath, pluralOf } from './kind-pages.ts'
import type { Page } from './page.ts'
import { pageOf } from './page-of.ts'

export const STATES_PATH = 'states.md'

/** The states of leases as diagrams, and as tables for those who read tables. */
export function statesPage({ stateChanges, nouns }: AlmanacData): Page {
  const lines = [
    '# States of a lease',
    '',
    'In a state with a thick border the resource is locked: what the lease protects from needs the lease id. Dashed arrows are taken by time alone. Only what succeeds is drawn. Part of the [almanac](README.md).',
    '',
    ...DIAGRAMS.flatMap(({ kind, path }) => [
      `## ${pluralOf(nouns[kind])}`,
      '',
      `![States of the lease of a ${nouns[kind]}](${path})`,
      '',
      ...changeTable(kind, stateChanges),
      '',
      `[Every operation in every state](${hrefFrom(STATES_PATH, kindPath(kind))})`,
      '',
    ]),
  ]
  return pageOf(STATES_PATH, lines)
}

function changeTable(kind: ResourceKind, changes: AlmanacData['stateChanges']): readonly string[] {
  const ways = Map.groupBy(
    changes.filter((each) => each.kind === kind),
    ({ from, to }) => `${from} to ${to}`,
  )
  return table(
    ['from', 'to', 'by'],
    [...ways.values()].map((own) => [own[0]!.from, own[0]!.to, plain(own.map(({ by }) => by).join(', '))]),
  )
}
