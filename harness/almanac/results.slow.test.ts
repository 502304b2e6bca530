import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { compile } from '../../model/compiled-rules.ts'
import { explore } from '../../model/machine.ts'
import { type Family, kindsOf } from '../../model/resource.ts'
import { RULES } from '../../model/rules/index.ts'
import { mergedCellResults } from '../../reports/cell-merge.ts'
import { type CellResults, cellResults, outcomeAt } from '../../reports/cell-results.ts'
import { renderCellResults } from '../../reports/cell-tally.ts'
import { leasecheck, removeTemporaryFolders, temporaryFolder } from '../cli/child-command.ts'
import { VERSION } from '../cli/version.ts'
import { PINNED_AZURITE_VERSION } from '../targets/azurite.ts'
import { RESULT_RUNS } from './result-runs.ts'

const COMMITTED = join(import.meta.dirname, '..', '..', 'reports', 'almanac', 'results')
const WRITE_ANEW = 'the committed results are stale; write them anew with npm run almanac:results'

afterAll(removeTemporaryFolders)

describe.each([
  ['azurite', `azurite-${PINNED_AZURITE_VERSION}.json`],
  ['reference', `reference-${VERSION}.json`],
])('the committed results of %s', (target, name) => {
  const committed = cellResults(join(COMMITTED, name))

  test('are what it does: a run of seconds adds nothing to them', async () => {
    const sample = await sampleOf(target)
    expect(sample.file.counts).not.toEqual({})
    const together = { ...mergedCellResults(committed, sample), runs: committed.file.runs }
    expect(renderCellResults(together).split('\n'), WRITE_ANEW).toEqual(renderCellResults(committed.file).split('\n'))
  })

  test('know every cell that the model can reach', () => {
    const { runs, apiVersion: version } = committed.file
    const rules = compile(RULES)
    const cells = kindsOf(runs[0]!.kinds as Family[]).flatMap((kind) => [
      ...explore(rules, kind, { version }).visits.keys(),
    ])
    const unknown = cells.filter((cell) => {
      const found = outcomeAt(committed, cell)
      return found.outcome === 'not reached' && found.because === 'it was not looked for'
    })
    expect(unknown, WRITE_ANEW).toEqual([])
  })
})

async function sampleOf(target: string): Promise<CellResults> {
  const cwd = temporaryFolder()
  const { status, stderr } = await leasecheck(['run', target, ...RESULT_RUNS.sample], { cwd })
  expect([0, 1], stderr).toContain(status)
  return cellResults(join(cwd, 'leasecheck-results', 'cells.json'))
}
