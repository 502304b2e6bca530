import type { VersionChange } from '../../properties/casebook/version-changes.ts'
import { codeCell, plain, table } from '../markdown-text.ts'
import type { AlmanacData } from './almanac-data.ts'
import type { Page } from './page.ts'
import { pageOf } from './page-of.ts'
import { type RulePlaces, ruleLink } from './page-plan.ts'

export const VERSIONS_PATH = 'versions.md'

/** What each version is about, in a sentence; the tables below are computed. */
const ABOUT: Readonly<Record<string, string>> = {
  '2012-02-12':
    'Containers can be leased. Leases of blobs get durations, changes, proposed ids, break periods and the states that are known today; before, every lease lasted a minute and had the id that the service gave it.',
  '2013-08-15':
    'Lease operations answer an ETag and leave that of a container alone, and an id on a blob that is not there is refused.',
  '2017-07-29': 'Errors carry the header x-ms-error-code. What is answered is the same.',
  '2019-02-02': 'Files can be leased.',
  '2020-02-10': 'Shares and their snapshots can be leased.',
}

/** What changed with versions of the service, the newest first. */
export function versionsPage({ versionChanges, nouns, version }: AlmanacData, places: RulePlaces): Page {
  const bySince = Map.groupBy(versionChanges, ({ since }) => since)
  const lines = [
    '# Versions of the service',
    '',
    `A request names a version of the service in the header \`x-ms-version\`. This page tells what a version changed about leases; between those named here nothing did. The pages of the [almanac](README.md) are about version ${version}, which answers as the last one named here.`,
    '',
    "A scenario is played in an older version with `npx leasecheck replay '...' --api-version 2012-02-12`.",
    '',
    ...Object.entries(ABOUT)
      .reverse()
      .flatMap(([since, sentence]) => [
        `## ${since}`,
        '',
        sentence,
        '',
        ...kindTables((bySince.get(since as VersionChange['since']) ?? []) as readonly VersionChange[], nouns, places),
      ]),
  ]
  return pageOf(VERSIONS_PATH, lines)
}

function kindTables(
  changes: readonly VersionChange[],
  nouns: AlmanacData['nouns'],
  places: RulePlaces,
): readonly string[] {
  return [...Map.groupBy(changes, ({ kind }) => kind)].flatMap(([kind, own]) => [
    `On a ${nouns[kind]}:`,
    '',
    ...table(
      ['before', 'by rule', 'since', 'by rule', 'e.g. the last request of'],
      own.map(({ before, earlier, after, later, example }) => [
        plain(before),
        ruleLink(places, VERSIONS_PATH, earlier.id),
        plain(after),
        ruleLink(places, VERSIONS_PATH, later.id),
        codeCell(example.token),
      ]),
    ),
    '',
  ])
}
