import { readFileSync } from 'node:fs'
import type { KnownDivergence } from '../../reports/almanac-pages/almanac-data.ts'
import { parseBaseline } from '../../reports/baseline.ts'
import { replayCommand } from '../../reports/replay-command.ts'
import { shippedBaselines } from '../cli/baseline-file.ts'
import { PINNED_AZURITE_VERSION } from '../targets/azurite.ts'

/**
 * What the baselines that come with leasecheck tell, by target.
 * @throws Error if one of them is damaged.
 */
export function knownDivergences(): readonly KnownDivergence[] {
  const shipped = [...shippedBaselines()].sort((a, b) => (a.file < b.file ? -1 : 1))
  return shipped.flatMap(({ target: name, driver, file }) => {
    const parsed = parseBaseline(readFileSync(file, 'utf8'), file)
    if ('error' in parsed) throw new Error(parsed.error)
    const { targetVersion: version, entries } = parsed.baseline
    const target = [name, version, ...(driver === 'rest' ? [] : [`with driver ${driver}`])].join(' ')
    const place = name !== 'azurite' ? [name] : version === PINNED_AZURITE_VERSION ? [] : [`azurite@${version}`]
    const repeat = [...place, ...(driver === 'rest' ? [] : ['--driver', driver])]
    return entries.map(({ rule, field, observed, sentence, evidence, scenario }) => ({
      target,
      rule,
      field,
      observed,
      sentence,
      evidence,
      replay: replayCommand(scenario, { repeat, target: { name, version }, driver }),
    }))
  })
}
