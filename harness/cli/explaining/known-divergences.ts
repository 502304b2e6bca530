import { readFileSync } from 'node:fs'
import { parseBaseline } from '../../../reports/baseline.ts'
import { replayCommand } from '../../../reports/replay-command.ts'
import { PINNED_AZURITE_VERSION } from '../../targets/azurite.ts'
import { shippedBaselines } from '../baseline-file.ts'

/** A divergence of a target that was looked into. */
export interface KnownDivergence {
  /** The target with its version, and the driver where it is not plain HTTP. */
  readonly target: string
  readonly rule: string
  readonly field: string
  readonly observed: string
  readonly sentence: string
  readonly evidence: string | undefined
  /** The shortest scenario that shows it, as a replay token. */
  readonly scenario: string
  /** The command that shows it. */
  readonly replay: string
}

/**
 * What the baselines that come with leasecheck tell, by target. Read once and kept.
 * @throws Error if one of them is damaged.
 */
export function knownDivergences(): readonly KnownDivergence[] {
  known ??= readDivergences()
  return known
}

let known: readonly KnownDivergence[] | undefined

function readDivergences(): readonly KnownDivergence[] {
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
      scenario,
      replay: replayCommand(scenario, { repeat, target: { name, version }, driver }),
    }))
  })
}
