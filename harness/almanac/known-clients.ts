import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isLeaseAction, OPERATION_NAMES, type OperationName } from '../../model/operation.ts'
import { describeUse } from '../../model/uses.ts'
import type { Case } from '../../properties/casebook/casebook.ts'
import type {
  DivergenceOfClient,
  KnownClient,
  KnownClientVersion,
  TopicOfClient,
} from '../../reports/almanac-pages/known-client.ts'
import { type Baseline, isSame, parseBaseline } from '../../reports/baseline.ts'
import { topicOf } from '../../reports/cell-outcome.ts'
import { type CellResults, type CellResultsFile, cellResultsIn, outcomeAt } from '../../reports/cell-results.ts'
import { replayCommand } from '../../reports/replay-command.ts'
import { topicTallies } from '../../reports/topic-tally.ts'
import { shippedBaselines } from '../cli/baseline-file.ts'
import { matrixTopicNamed } from '../matrix/matrix-topic.ts'
import { OTHER_VERSIONS } from './other-versions.ts'

/** The server that does what the rules say. */
const SERVER = 'reference'

/**
 * The client libraries of which results on the reference server are kept, by driver.
 * @param folder of results
 * @param cases every cell that the almanac tells, with its shortest scenario
 */
export function knownClients(folder: string, cases: readonly Case[]): readonly KnownClient[] {
  const others = join(folder, OTHER_VERSIONS)
  const all = [folder, others].flatMap((each) => (existsSync(each) ? cellResultsIn(each) : []))
  const own = all.filter(({ file }) => file.target === SERVER && file.driver !== 'rest')
  const byDriver = [...Map.groupBy(own, ({ file }) => file.driver)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return byDriver.map(([driver, results]) => {
    const sorted = results.toSorted((a, b) => compareVersions(labelOf(b.file), labelOf(a.file)))
    const versions = sorted.map((each) => versionOf(each, cases))
    return { driver, versions, divergences: divergencesOf(driver, sorted) }
  })
}

function versionOf(results: CellResults, cases: readonly Case[]): KnownClientVersion {
  const { file } = results
  const example = examplesIn(results, cases)
  const topics = topicTallies(file, matrixTopicNamed).map(
    ({ kind, operation, counts }): TopicOfClient => ({
      kind,
      operation,
      counts,
      example: example.get(`${kind} ${operation}`),
    }),
  )
  return {
    client: clientOf(file),
    label: labelOf(file),
    apiVersion: file.apiVersion,
    families: [...new Set(file.runs.flatMap(({ kinds }) => kinds))],
    topics,
    without: withoutCall(file),
  }
}

/** For each topic the scenario of the first cell that there is no call for. */
function examplesIn(results: CellResults, cases: readonly Case[]): ReadonlyMap<string, string> {
  const examples = new Map<string, string>()
  for (const { cell, token } of cases) {
    const { kind, operation } = matrixTopicNamed(topicOf(cell))
    const key = `${kind} ${operation}`
    if (!examples.has(key) && outcomeAt(results, cell).outcome === 'not expressible') examples.set(key, token)
  }
  return examples
}

/** Operations none of whose cells can be asked for. Some uses have cells by their class alone, so those say nothing here. */
function withoutCall(file: CellResultsFile): KnownClientVersion['without'] {
  const tallies = topicTallies(file, (topic) => {
    const [kind = '', ...rest] = topic.replace(/ \((?:append|page)\)/, '').split(' ')
    return { kind, operation: rest.join(' ') }
  })
  return tallies.flatMap(({ kind, operation, counts }) => {
    const isWithout = Object.entries(counts).every(([of, cells]) => (of === 'notExpressible' ? cells > 0 : cells === 0))
    return isWithout && isOperation(operation) ? [{ kind, title: titleOf(operation) }] : []
  })
}

function isOperation(name: string): name is OperationName {
  return OPERATION_NAMES.some((each) => each === name)
}

function titleOf(name: OperationName): string {
  if (isLeaseAction(name)) return name
  const { title, class: of } = describeUse(name)
  return of === 'lease' ? `${title} with an action that there is not` : title
}

function divergencesOf(driver: string, results: readonly CellResults[]): readonly DivergenceOfClient[] {
  const baseline = baselineOf(driver)
  if (baseline === undefined) return []
  const { targetVersion: version, entries } = baseline
  // The baseline is that of the newest version; whether others show an entry, their cells tell.
  const newest = labelOf(results[0]!.file)
  return entries.map((entry) => {
    const others = results
      .slice(1)
      .filter(({ file }) => [...file.diverged, ...file.masked].some((each) => isSame(each, entry)))
    const { rule, field, observed, sentence, evidence, scenario } = entry
    const repeat = [SERVER, '--driver', driver]
    return {
      rule,
      field,
      observed,
      sentence,
      evidence,
      replay: replayCommand(scenario, { repeat, target: { name: SERVER, version }, driver }),
      versions: [newest, ...others.map(({ file }) => labelOf(file))],
    }
  })
}

/** @throws Error if it is damaged */
function baselineOf(driver: string): Baseline | undefined {
  const shipped = shippedBaselines().find((each) => each.target === SERVER && each.driver === driver)
  if (shipped === undefined) return undefined
  const parsed = parseBaseline(readFileSync(shipped.file, 'utf8'), shipped.file)
  if ('error' in parsed) throw new Error(parsed.error)
  return parsed.baseline
}

function clientOf({ client, driver }: CellResultsFile): string {
  return client ?? `driver ${driver}`
}

/** The versions of the packages for storage, without their names: `12.34.0 with 12.33.0`. The language counts for nothing. */
function labelOf(file: CellResultsFile): string {
  const versions = clientOf(file)
    .split(', ')
    .flatMap((each) => /(?:storage|azblob|azfile)\S* v?([0-9][\w.-]*)$/.exec(each)?.[1] ?? [])
  return versions.length === 0 ? clientOf(file) : versions.join(' with ')
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
