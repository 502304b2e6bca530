import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientsPages } from '../../reports/almanac-pages/clients-page.ts'
import type { KnownClient } from '../../reports/almanac-pages/known-client.ts'
import { parseBaseline } from '../../reports/baseline.ts'
import type { CellOutcome } from '../../reports/cell-outcome.ts'
import { cellResultsFile, renderCellResults } from '../../reports/cell-tally.ts'
import { PACKAGE_FOLDER } from '../cli/version.ts'
import { knownClients } from './known-clients.ts'
import { OTHER_VERSIONS } from './other-versions.ts'

const parsed = parseBaseline(
  readFileSync(join(PACKAGE_FOLDER, 'reports/baselines/reference-js.json'), 'utf8'),
  'reference-js.json',
)
if ('error' in parsed) throw new Error(parsed.error)
const { entries } = parsed.baseline
/** One that cells show, and one that none does, so that only the newest version has it for sure. */
const [ENTRY, OTHER] = [entries[0]!, entries[1]!]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leasecheck-test-'))
  mkdirSync(join(folder, OTHER_VERSIONS))
  const { rule, field, observed } = ENTRY
  const wrong: CellOutcome = {
    outcome: 'diverged',
    divergences: [{ rule, field, observed, expected: 'as asked' }],
    alsoAgreed: false,
  }
  const cells = (isWrong: boolean) =>
    new Map<string, CellOutcome>([
      ['container getContainerProperties | available | id: none', isWrong ? wrong : { outcome: 'agreed' }],
      ['container acquire | available', { outcome: 'agreed' }],
      ['container acquire | leased', { outcome: 'not expressible' }],
      ['blob getBlobMetadata | available', { outcome: 'not expressible' }],
      ['blob getBlobMetadata | leased', { outcome: 'not expressible' }],
    ])
  keep('reference-0.1.0-js.json', '@azure/storage-blob 12.34.0, @azure/storage-file-share 12.33.0', cells(true))
  keep('clients/reference-0.1.0-js-12.9.0.json', '@azure/storage-blob 12.9.0, Node 24.1.0', cells(false))
  keep('clients/reference-0.1.0-js-12.10.0.json', '@azure/storage-blob 12.10.0, Node 24.1.0', cells(true))
  keep('azurite-3.37.0-js.json', '@azure/storage-blob 12.34.0', cells(true), 'azurite')
})
afterAll(() => rmSync(folder, { recursive: true }))

function keep(name: string, client: string, cells: ReadonlyMap<string, CellOutcome>, target = 'reference'): void {
  const run = { kinds: ['blob'], only: [], seed: 1, random: 0, thorough: false, baseline: null, complete: true }
  const about = { leasecheck: '0.1.0', target, targetVersion: '0.1.0', driver: 'js', client, apiVersion: '2026-10-06' }
  writeFileSync(join(folder, name), renderCellResults(cellResultsFile({ ...about, runs: [run] }, cells)))
}

describe('client libraries', () => {
  let js: KnownClient
  beforeAll(() => {
    const cases = [{ kind: 'container', cell: 'container acquire | leased', token: 'lc1/container/acquire' }]
    const all = knownClients(folder, cases as unknown as Parameters<typeof knownClients>[1])
    expect(all).toHaveLength(1)
    js = all[0]!
  })

  test('have their versions newest first, on the reference server only', () => {
    expect(js.versions.map(({ label }) => label)).toEqual(['12.34.0 with 12.33.0', '12.10.0', '12.9.0'])
  })

  test('have every entry of their baseline, with the versions that show it', () => {
    expect(js.divergences.map(({ rule }) => rule)).toEqual(entries.map(({ rule }) => rule))
    const versionsOf = (asked: string) => js.divergences.find(({ rule }) => rule === asked)!.versions
    expect(versionsOf(ENTRY.rule)).toEqual(['12.34.0 with 12.33.0', '12.10.0'])
    expect(versionsOf(OTHER.rule)).toEqual(['12.34.0 with 12.33.0'])
  })

  test('are told by operation, with an example of what they have no call for', () => {
    const [newest] = js.versions
    expect(newest!.topics.find(({ operation }) => operation === 'acquire')).toMatchObject({
      counts: { agreed: 1, notExpressible: 1 },
      example: 'lc1/container/acquire',
    })
    expect(newest!.without).toEqual([{ kind: 'blob', title: 'Get Blob Metadata' }])
  })

  test('have a page with all of it, and a link to pages beside it', () => {
    const beside = [{ path: 'clients/retries.md', title: 'Retries', about: 'what becomes of lost answers' }]
    const [page] = clientsPages([js], beside)
    expect(page!.path).toBe('clients/README.md')
    expect(page!.text).toContain('| [Retries](retries.md) | what becomes of lost answers |')
    expect(page!.text).toContain('| container | acquire | 1 of 1 |')
    expect(page!.text).toContain('| container | observe | 0 of 1; [diverges](#driver-js) |')
    expect(page!.text).toContain('| blob | read | no call |')
    expect(page!.text).toContain('No call at all: Get Blob Metadata (blob).')
    expect(page!.text).toContain('seen in 12.34.0 with 12.33.0, 12.10.0.')
    for (const { sentence } of entries) expect(page!.text).toContain(sentence.split(/[*_<&`[\]]/)[0])
  })
})

test('without results there is no page', () => {
  expect(clientsPages(knownClients(join(folder, 'nothing'), []))).toEqual([])
})
