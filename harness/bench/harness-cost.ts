import type { Scenario } from '../../model/scenario.ts'
import type { Baseline } from '../../reports/baseline.ts'
import { count } from '../../reports/counting.ts'
import { signatureText } from '../../reports/sentence.ts'
import type { Plan } from '../campaign/plan.ts'
import { startAzurite } from '../targets/azurite.ts'
import type { Target } from '../targets/target.ts'
import { asRecorded, bareLoop, renamed } from './bare-loop.ts'
import { completeBaseline } from './complete-baseline.ts'
import { type Figure, quantity } from './figure.ts'
import { harnessPass, IN_FLIGHT } from './harness-pass.ts'
import { median } from './median.ts'
import type { RecordedExchange } from './recorded-exchange.ts'
import { recorded } from './recorder.ts'
import { startStub } from './stub-process.ts'

/** Pairs of a harness pass and a bare pass, one after the other, so that both meet the machine in the same moods. */
const WALL_PAIRS = 3
const CPU_PAIRS = 5
/** Server processes as in a run, which take all of two cores; then one, which leaves a core to the harness. */
const PROCESSES = [2, 1] as const

export interface HarnessCost {
  readonly figures: readonly Figure[]
  readonly requestsPerSecondBare: number
}

type Play = (target: Target, pass: string) => Promise<void>

/** What the harness costs beyond a bare loop that sends the same requests to the same server, in time and in CPU. */
export async function harnessCost(
  plan: Plan,
  scenarios: readonly Scenario[],
  baseline: Baseline | undefined,
): Promise<HarnessCost> {
  const complete = await completeBaseline(plan, scenarios, baseline)
  const play: Play = async (target, pass) => {
    const fresh = await harnessPass(target, plan, scenarios, complete, pass)
    if (fresh.length > 0) throw new Error(`pass ${pass} differs from the first one: ${signatureText(fresh[0]!)}`)
  }
  const [usual, roomy] = [await wallWith(PROCESSES[0], play), await wallWith(PROCESSES[1], play)]
  const cpu = await cpuOf(usual.exchanges, play)
  return { figures: [usual.figure, roomy.figure, cpu], requestsPerSecondBare: usual.requestsPerSecondBare }
}

async function wallWith(processes: number, play: Play) {
  const target = await startAzurite({ processes })
  try {
    const exchanges = await recorded(() => play(target, '0'))
    return { exchanges, ...(await wallOf(exchanges, target, play)) }
  } finally {
    await target.close()
  }
}

async function wallOf(
  exchanges: readonly RecordedExchange[],
  target: Target,
  play: Play,
): Promise<{ readonly figure: Figure; readonly requestsPerSecondBare: number }> {
  const harnessMs: number[] = []
  const bareMs: number[] = []
  let alike = 0
  for (let pair = 1; pair <= WALL_PAIRS; pair++) {
    harnessMs.push(await wallMs(() => play(target, `a${pair}`)))
    const requests = renamed(exchanges, target.endpoints[0]!, '0', `b${pair}`)
    const loop = async () => {
      alike += await bareLoop(requests)
    }
    bareMs.push(await wallMs(loop))
  }
  const ratios = harnessMs.map((ms, i) => quantity((ms / bareMs[i]! - 1) * 100, '%'))
  const rateOf = (ms: readonly number[]) => (exchanges.length * 1000) / median(ms)
  const servers = target.endpoints.length
  const figure: Figure = {
    name: `harness cost over a bare request loop, wall time, on the same Azurite of ${count(servers, 'process', 'processes')}`,
    value: (median(harnessMs) / median(bareMs) - 1) * 100,
    unit: '%',
    bar: { atMost: 10 },
    notes: [
      `harness ${quantity(rateOf(harnessMs), '/s')}, bare loop ${quantity(rateOf(bareMs), '/s')}: ${exchanges.length} requests, ${IN_FLIGHT} scenarios at once`,
      `medians of ${WALL_PAIRS} passes each, in turn (pair by pair ${ratios.join(', ')})`,
      `${quantity((100 * alike) / (WALL_PAIRS * exchanges.length), '%')} of the bare loop's answers had the status that the harness got`,
    ],
  }
  return { figure, requestsPerSecondBare: rateOf(bareMs) }
}

async function cpuOf(exchanges: readonly RecordedExchange[], play: Play): Promise<Figure> {
  const stub = await startStub(exchanges)
  try {
    const requests = asRecorded(exchanges.map((exchange) => ({ ...exchange, origin: stub.origin })))
    const harnessUs: number[] = []
    const bareUs: number[] = []
    // The first pair warms up.
    for (let pair = 0; pair <= CPU_PAIRS; pair++) {
      await stub.again()
      const harness = await cpuUs(() => play(stub.target, '0'))
      await stub.again()
      const bare = await cpuUs(() => bareLoop(requests))
      if (pair === 0) continue
      harnessUs.push(harness / exchanges.length)
      bareUs.push(bare / exchanges.length)
    }
    return {
      name: 'harness CPU per request beyond a bare request loop, against a stub',
      value: median(harnessUs) - median(bareUs),
      unit: 'us',
      bar: { atMost: 150 },
      notes: [
        `harness ${quantity(median(harnessUs), 'us')}, bare loop ${quantity(median(bareUs), 'us')} of CPU per request (all threads, user and system)`,
        `medians of ${CPU_PAIRS} passes each, in turn, ${exchanges.length} requests a pass; the stub answers as Azurite did`,
      ],
    }
  } finally {
    await stub.close()
  }
}

async function wallMs(act: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now()
  await act()
  return performance.now() - beganMs
}

async function cpuUs(act: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await act()
  const { user, system } = process.cpuUsage(before)
  return user + system
}
