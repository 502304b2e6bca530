import type { Scenario } from '../../model/scenario.ts'
import type { Baseline } from '../../reports/baseline.ts'
import { updated } from '../../reports/baseline-update.ts'
import type { Plan } from '../campaign/plan.ts'
import { DEFAULT_API_VERSION } from '../cli/options.ts'
import { startAzurite } from '../targets/azurite.ts'
import { harnessPass } from './harness-pass.ts'

/**
 * The baseline, and in it whatever else these scenarios show on Azurite, so that no pass finds anything new: that would be
 * shrunk, and when the requests for it go out is a matter of timing, while all passes have to send the same ones.
 */
export async function completeBaseline(
  plan: Plan,
  scenarios: readonly Scenario[],
  baseline: Baseline | undefined,
): Promise<Baseline> {
  const azurite = await startAzurite({ processes: 2 })
  try {
    const fresh = await harnessPass(azurite, plan, scenarios, baseline, 'first')
    const { name: target, version: targetVersion } = azurite
    const subject = { target, targetVersion, driver: 'rest', apiVersion: DEFAULT_API_VERSION, configuration: {} }
    return updated(baseline, subject, fresh, []).baseline
  } finally {
    await azurite.close()
  }
}
