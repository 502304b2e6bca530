/** Measures what DESIGN.md section 10 promises, as far as it exists, and prints it with its bars. Asserts nothing. */
import { arch, cpus, loadavg, platform } from 'node:os'
import { parseArgs } from 'node:util'
import { compile } from '../../model/compiled-rules.ts'
import { RULES } from '../../model/rules/index.ts'
import { findBaseline } from '../cli/baseline-file.ts'
import { PINNED_AZURITE_VERSION } from '../targets/azurite.ts'
import { type Figure, figureJson, renderFigure } from './figure.ts'
import { harnessCost } from './harness-cost.ts'
import { memoryFigure } from './memory.ts'
import { planning } from './planning.ts'
import { pureModelFigures } from './pure-model.ts'
import { pythonRateFigures } from './python-rate.ts'
import { recordingFigures } from './recordings.ts'
import { serverRateFigures } from './server-rate.ts'
import { wholeRunFigures } from './whole-runs.ts'

/** Of the tour every so many-th scenario is played to measure what the harness costs; all of them would take too long. */
const EVERY = 4

const NOT_YET: readonly Figure[] = [
  {
    name: 'faulty servers caught; requests until caught; shrunk counterexamples',
    notMeasured:
      'there is no `leasecheck power` yet; that every fault of a single rule is caught is a test, properties/faults.slow.test.ts',
  },
  { name: 'linearizability', notMeasured: 'there are no races yet' },
  { name: 'false alarms in 1,000,000 steps', notMeasured: 'there is no `npm run soak` yet' },
  {
    name: 'recorded exchanges of the real service explained',
    notMeasured: 'the recordings are not in the repository; `leasecheck verify FILES` counts them',
  },
]

const { values: flags } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const beganMs = performance.now()
const machine = `${cpus().length} x ${cpus()[0]?.model.trim()}, ${platform()} ${arch()}, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(2)}`
const figures: Figure[] = []
if (!flags.json)
  process.stdout.write(`${machine}\nTimes are worth as much as the machine was quiet; ratios are taken in one run.\n`)

// Planning comes first, while nothing is warm; whole runs come after the bare loop that stands beside them.
const { plan, figure } = planning()
show([figure])
const { baseline } = findBaseline(undefined, 'azurite', PINNED_AZURITE_VERSION, false)
const tour = plan.tour.map((leg) => leg.scenario)
const some = [...tour.filter((_, i) => i % EVERY === 0), ...plan.random(0, plan.runs)]
const cost = await harnessCost(plan, some, baseline)
show(cost.figures)
show(await wholeRunFigures(cost.requestsPerSecondBare))
show(pureModelFigures(compile(RULES), tour))
show(await recordingFigures(some))
show([await memoryFigure()])
show(await serverRateFigures())
show(await pythonRateFigures())
show(NOT_YET)
const seconds = Math.round((performance.now() - beganMs) / 1000)
process.stdout.write(
  flags.json
    ? `${JSON.stringify({ machine, seconds, figures: figures.map(figureJson) }, null, 2)}\n`
    : `\nMeasured in ${seconds} s.\n`,
)

function show(some: readonly Figure[]): void {
  figures.push(...some)
  if (!flags.json) for (const each of some) process.stdout.write(`\n${renderFigure(each)}\n`)
}
