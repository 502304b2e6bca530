import { resolve } from 'node:path'
import { Argument, Command } from 'commander'
import { type CompiledRules, compile } from '../../model/compiled-rules.ts'
import { FAMILIES, kindsOf } from '../../model/resource.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Footer, Header } from '../../reports/results.ts'
import { renderBucket, renderSummary } from '../../reports/terminal/index.ts'
import { type JoinedRun, joinedRun } from '../campaign/merging/joined-run.ts'
import { misfitOf } from '../campaign/merging/misfits.ts'
import { hasEnded, type ShardResults } from '../campaign/merging/shard-results.ts'
import { PROVED_NOTHING } from '../campaign/proof.ts'
import { type Scope, scopeOf } from '../campaign/scope.ts'
import { baselineDigest } from '../campaign/shards/share.ts'
import { TargetError, UsageError } from '../errors.ts'
import { type ChosenBaselineFile, findBaseline, OWN_BASELINE } from './baseline-file.ts'
import { EXIT, gravest } from './exit.ts'
import { ResultsFolder } from './results-folder.ts'
import { RESULTS, readShard, resultsFilesIn } from './shard-files.ts'
import { coloured, remark, say } from './terminal.ts'
import { updateBaseline } from './update-baseline.ts'
import { VERSION } from './version.ts'

interface MergeFlags {
  readonly out: string
  readonly baseline?: string
  readonly updateBaseline?: true
  readonly stableOutput?: true
  readonly verbose?: true
}

export function mergeCommand(): Command {
  return new Command('merge')
    .summary('join the results of shards')
    .description('Joins the results of all shards of a run (leasecheck run --shard 3/8) into its verdict.')
    .addArgument(new Argument('<results...>', `what shards left: folders, searched for ${RESULTS}, or such files`))
    .option(
      '--baseline <file>',
      `with --update-baseline: what the shards had as --baseline (default: ./${OWN_BASELINE}, else the one that comes with leasecheck)`,
    )
    .option('--update-baseline', `write what was found to ./${OWN_BASELINE}, or to the file given by --baseline`)
    .option('--out <folder>', 'where the reports of the whole run go', 'leasecheck-results')
    .option('--stable-output', 'mask times and ports')
    .option('--verbose', 'list every cell that was not reached')
    .action(merge)
}

function merge(places: readonly string[], flags: MergeFlags): void {
  const shards = shardsIn(places, flags)
  const baseline = flags.updateBaseline ? baselineOf(shards[0]!, flags) : undefined
  const rules = compile(RULES)
  const joined = joinedRun(shards, scopeOfRun(shards[0]!, rules), rules)
  const footer = concluded(joined, shards)
  const folder = new ResultsFolder(flags.out, flags.stableOutput === true)
  for (const event of [joined.header, ...joined.events, footer]) folder.add(event)
  folder.finish(joined.cells)
  tell(folder, joined.header, flags)
  const updated = baseline && updateBaseline(folder.events, baseline, flags.baseline)
  process.exitCode = gravest(footer.exitStatus, updated ?? EXIT.nothingNew)
}

/**
 * The results of all shards of one run, in their order.
 * @throws UsageError if they are not that, TargetError if none of them has ended.
 */
function shardsIn(places: readonly string[], { out }: MergeFlags): readonly ShardResults[] {
  const files = resultsFilesIn(places)
  const overwritten = files.find((file) => resolve(file) === resolve(out, RESULTS))
  if (overwritten !== undefined)
    throw new UsageError(`${overwritten} would be overwritten; give another folder with --out`)
  const shards = files.map(readShard)
  const misfit = misfitOf(shards)
  if (misfit !== undefined) throw new UsageError(misfit)
  const [{ header, file }] = shards as [ShardResults]
  if (header.leasecheck !== VERSION)
    throw new UsageError(
      `${file} was made by leasecheck ${header.leasecheck} and this is ${VERSION}; merge with that one`,
    )
  if (!shards.some(hasEnded)) throw new TargetError('no shard came to its end; run them again')
  return shards.toSorted((a, b) => a.header.shard.number - b.header.shard.number)
}

/** What the run was about, by what its shards say. */
function scopeOfRun(
  { header: { kinds, apiVersion: version, only, shard } }: ShardResults,
  rules: CompiledRules,
): Scope {
  const { thorough, hostile } = shard
  const families = FAMILIES.filter((family) => kinds.includes(family))
  return scopeOf({ rules, kinds: kindsOf(families), version, thorough, hostile, only })
}

/** The baseline that the shards were held against. @throws UsageError if it is not the one that merge finds. */
function baselineOf({ header }: ShardResults, { baseline: asked }: MergeFlags): ChosenBaselineFile {
  const { target, shard } = header
  const found = findBaseline(asked, target.name, target.version, true, header.driver, sasOf(header))
  if (baselineDigest(found.baseline) === shard.baselineDigest) return found
  throw new UsageError(
    `the shards were held against ${header.baseline ?? 'no baseline'}, and ${found.file ?? 'no baseline'} is not that; merge where they ran, with the same --baseline`,
  )
}

function sasOf({ credential }: Header): 'account' | 'service' | undefined {
  if (credential?.endsWith(' SAS') !== true) return undefined
  return credential.startsWith('account') ? 'account' : 'service'
}

/** The footer with the exit status of everything: a shard that failed otherwise than by a divergence counts too. */
function concluded({ footer, provedSomething }: JoinedRun, shards: readonly ShardResults[]): Footer {
  const ends = shards.map(({ end }) => end?.footer.exitStatus ?? EXIT.target)
  const others = ends.filter((status) => status !== EXIT.somethingNew)
  const proof = provedSomething ? EXIT.nothingNew : EXIT.target
  const said = provedSomething || !footer.complete ? {} : { complete: false, reason: PROVED_NOTHING }
  return { ...footer, ...said, ...interferenceIn(shards), exitStatus: gravest(footer.exitStatus, proof, ...others) }
}

function interferenceIn(shards: readonly ShardResults[]): Pick<Footer, 'interference'> {
  const all = shards.flatMap(({ end }) => end?.footer.interference ?? [])
  const sum = (of: 'busy' | 'unanswered') => all.reduce((total, each) => total + each[of], 0)
  return all.length === 0 ? {} : { interference: { busy: sum('busy'), unanswered: sum('unanswered') } }
}

function tell(folder: ResultsFolder, header: Header, { verbose }: MergeFlags): void {
  const colour = coloured(process.stdout)
  const { events, path } = folder
  for (const event of events)
    if (event.event === 'bucket' && event.state === 'new') say(`\n${renderBucket(event, { colour, header })}`)
  say(`\n${renderSummary(events, { colour, verbose: verbose === true })}`)
  const footer = events.find((event) => event.event === 'footer')
  if (footer?.reason !== undefined) remark(footer.reason)
  remark(`results: ${path}/${RESULTS}, junit.xml, summary.md, cells.json`)
}
