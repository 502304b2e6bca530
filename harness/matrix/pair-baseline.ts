import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Baseline, parseBaseline } from '../../reports/baseline.ts'
import { OWN_BASELINE, SHIPPED_ONLY } from '../cli/baseline-file.ts'
import { parsedBaseline } from '../cli/parsed-baseline.ts'
import { LIBRARY_DRIVERS } from '../drivers/driver.ts'
import { readTargetName } from '../targets/open-target.ts'
import type { Pair } from './pair.ts'

/**
 * What a pair is given as `--baseline`. A folder of one's own has a file for each pair; without one, the user's own file counts
 * for the pair that it was made for, and the others have those that come with leasecheck.
 * @param folder as `--baselines` has it, or none
 * @throws UsageError if the user's own file is damaged
 */
export function baselineArgs(pair: Pair, folder: string | undefined): readonly string[] {
  if (folder === 'none') return ['--baseline', 'none']
  if (folder !== undefined) {
    const file = join(folder, baselineName(pair))
    return ['--baseline', existsSync(file) ? file : SHIPPED_ONLY]
  }
  if (!existsSync(OWN_BASELINE)) return []
  const isOwn = isMadeFor(parsedBaseline(OWN_BASELINE, parseBaseline), pair)
  return ['--baseline', isOwn ? OWN_BASELINE : SHIPPED_ONLY]
}

/** What the file of a pair is called in a folder of baselines. */
export function baselineName({ folder }: Pair): string {
  return `${folder.replace('/', '-')}.json`
}

function isMadeFor({ target, driver }: Baseline, { target: name, client }: Pair): boolean {
  // What a driver of one's own is called, only itself can tell.
  const isDriver = client.driver.startsWith('exec:') ? !KNOWN_DRIVERS.includes(driver) : driver === client.driver
  return isDriver && implementationsOf(name).includes(target)
}

const KNOWN_DRIVERS: readonly string[] = ['rest', ...LIBRARY_DRIVERS]

/** What a baseline may call a target; a server given by URL is called by its host, unless it says that it is Azurite. */
function implementationsOf(name: string): readonly string[] {
  const named = readTargetName(name)
  switch (named.target) {
    case 'container':
      return [named.image.isAzurite ? 'azurite' : named.image.name]
    case 'url':
      return [new URL(name).host, 'azurite']
    case 'account':
    case 'azurite':
    case 'reference':
      return [named.target]
    default:
      return named satisfies never
  }
}
