import type { ResourceKind } from '../../model/resource.ts'
import type { AlmanacData } from './almanac-data.ts'
import { diagramPages } from './diagrams/diagrams.ts'
import { EDGE_CASES_PATH, edgeCasesPage } from './edge-cases-page.ts'
import { ERROR_CODES_PATH, errorCodesPage } from './error-codes-page.ts'
import { indexPage, type Listed } from './index-page.ts'
import { kindPages } from './kind-pages.ts'
import type { Page } from './page.ts'
import { rulePlaces, UNMET_PATH } from './page-plan.ts'
import { STATES_PATH, statesPage } from './states-page.ts'
import { TARGETS_PATH, targetsPage } from './targets-page.ts'
import { unmetRulesPage } from './unmet-rules-page.ts'
import { VERSIONS_PATH, versionsPage } from './versions-page.ts'

/** Pages that somebody else makes, and how the index lists them. */
export interface Contribution {
  readonly listed: Listed
  readonly pages: readonly Page[]
}

const LISTED: readonly Listed[] = [
  {
    path: EDGE_CASES_PATH,
    title: 'Edge cases',
    about: 'questions about leases, answered in a sentence and by request',
  },
  { path: ERROR_CODES_PATH, title: 'Error codes', about: 'every code: when it comes, with which status' },
  { path: STATES_PATH, title: 'States', about: 'state diagrams of the four kinds' },
  { path: VERSIONS_PATH, title: 'Versions', about: 'what changed with versions of the service' },
  { path: TARGETS_PATH, title: 'Known targets', about: 'what emulators and client libraries do otherwise' },
  { path: UNMET_PATH, title: 'Rules without cells', about: 'rules of older versions and of several faults at once' },
]

/** The whole almanac, page by page. Pure: the same data gives the same bytes. */
export function almanacPages(data: AlmanacData, contributions: readonly Contribution[] = []): readonly Page[] {
  const places = rulePlaces(data)
  const kinds = [...new Set(data.cases.map(({ kind }): ResourceKind => kind))]
  const others = contributions.map(({ listed }) => listed)
  return [
    indexPage(data, [...LISTED, ...others]),
    edgeCasesPage(data, places),
    errorCodesPage(data, places),
    statesPage(data),
    ...diagramPages(data),
    versionsPage(data, places),
    targetsPage(data, places),
    unmetRulesPage(data, places),
    ...kinds.flatMap((kind) => kindPages(kind, data, places)),
    ...contributions.flatMap(({ pages }) => pages),
  ]
}
