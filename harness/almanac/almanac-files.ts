import { join } from 'node:path'
import { evaluatedClaims } from '../../model/claims/evaluated-claims.ts'
import { KINDS, RESOURCE_KINDS, type ResourceKind } from '../../model/resource.ts'
import { ERROR_CODE_HEADER } from '../../model/rules/versions/error-code.ts'
import { casebook, modelRules } from '../../properties/casebook/casebook.ts'
import { EDGE_CASES } from '../../properties/casebook/edge-cases/index.ts'
import { lastMomentOf } from '../../properties/casebook/moment.ts'
import { ruleEntries } from '../../properties/casebook/rule-entries.ts'
import { stateChanges } from '../../properties/casebook/state-changes.ts'
import { versionChanges } from '../../properties/casebook/version-changes.ts'
import { almanacPages, type Contribution } from '../../reports/almanac-pages/almanac.ts'
import type { AlmanacData } from '../../reports/almanac-pages/almanac-data.ts'
import { claimsPages } from '../../reports/almanac-pages/claims-page.ts'
import { type BesideClients, CLIENTS_PATH, clientsPages } from '../../reports/almanac-pages/clients-page.ts'
import { gapsPages } from '../../reports/almanac-pages/gaps-page.ts'
import type { Page } from '../../reports/almanac-pages/page.ts'
import { RETRIES_LISTED, retriesPages } from '../../reports/almanac-pages/retries-page.ts'
import { gapList } from '../campaign/gaps/gap-list.ts'
import { knownDivergences } from '../cli/explaining/known-divergences.ts'
import { RECORDINGS_FILE, recordingExamples } from '../cli/explaining/recording-examples.ts'
import { PACKAGE_FOLDER } from '../cli/version.ts'
import { knownClients } from './known-clients.ts'
import { knownRetries } from './known-retries.ts'
import { knownTargets } from './known-targets.ts'

/** Where the almanac is kept. */
export const ALMANAC_FOLDER = join(PACKAGE_FOLDER, 'reports', 'almanac')
/** What is kept there and was not made from the rules: seen of targets, counted in recordings. */
export const GATHERED = ['results', 'retries', 'recordings.json'] as const

/** The files of the almanac as they have to be, from the rules and from what was gathered. */
export function almanacFiles(): readonly Page[] {
  const data = almanacData()
  return almanacPages(data, contributions(data))
}

/** What the pages are made of. */
export function almanacData(): AlmanacData {
  const { cases, version } = casebook()
  return {
    cases,
    rules: ruleEntries(),
    edgeCases: EDGE_CASES.map(({ topic, cases: own }) => ({
      topic,
      cases: own.map((each) => ({
        ...each,
        scenes: each.scenes.map((scene) => ({ ...scene, moment: lastMomentOf(modelRules(), scene.token) })),
      })),
    })),
    stateChanges: stateChanges(),
    versionChanges: versionChanges(),
    nouns: Object.fromEntries(RESOURCE_KINDS.map((kind) => [kind, KINDS[kind].noun])) as Record<ResourceKind, string>,
    version,
    codeHeader: ERROR_CODE_HEADER,
    targets: knownTargets(join(ALMANAC_FOLDER, 'results')),
    divergences: knownDivergences(),
    recordings: recordingExamples(RECORDINGS_FILE),
  }
}

/** Pages about client libraries beside the one that lists them. */
const BESIDE_CLIENTS: readonly BesideClients[] = [RETRIES_LISTED]

/** The pages on client libraries, on what documents claim, and on what nobody knows. */
function contributions({ cases }: AlmanacData): readonly Contribution[] {
  return [
    {
      listed: {
        path: CLIENTS_PATH,
        title: 'Client libraries',
        about: 'what SDKs send for a call and make of the answer, and where they go wrong',
      },
      pages: clientsPages(knownClients(join(ALMANAC_FOLDER, 'results'), cases), BESIDE_CLIENTS),
    },
    { listed: RETRIES_LISTED, pages: retriesPages(knownRetries(join(ALMANAC_FOLDER, 'retries'))) },
    {
      listed: {
        path: 'claims.md',
        title: 'What the documentation claims',
        about: 'claims of reference pages and guides: which are true, for which kinds',
      },
      pages: claimsPages(evaluatedClaims()),
    },
    {
      listed: {
        path: 'gaps.md',
        title: 'What nobody knows',
        about: 'open and inferred answers, each with the request that would settle it',
      },
      pages: gapsPages(gapList()),
    },
  ]
}
