import { Argument, Command, Option } from 'commander'
import { count, lasting } from '../../reports/counting.ts'
import { Pace } from '../drivers/pace.ts'
import { restDriver } from '../drivers/rest.ts'
import { TargetError, UsageError } from '../errors.ts'
import { type Leftover, listLeftovers } from '../leftovers/list-leftovers.ts'
import { removeLeftovers } from '../leftovers/remove-leftovers.ts'
import { openTarget, readTargetName } from '../targets/open-target.ts'
import type { Target } from '../targets/target.ts'
import { confirm } from './confirm.ts'
import { EXIT } from './exit.ts'
import { CONNECTIONS, isLoopback, maxPerSecondFor } from './foreign-server.ts'
import { budget, type GivenTargetFlags, targetOptions, targetSettings, withDriver } from './options.ts'
import { untilSignal } from './signals.ts'
import { say } from './terminal.ts'

interface CleanFlags {
  readonly olderThan: number
  readonly dryRun?: true
  readonly yes?: true
}

/** Longer than anybody's run takes, so that none that is under way is disturbed. */
const DEFAULT_AGE_MS = 60 * 60_000
/** How many leftovers of a run are named. */
const NAMED = 5
/** Options that say how a server is checked, or how one of ours is started; nothing is checked or started here. */
const UNUSED: readonly string[] = ['driver', 'port', 'offline', 'processes', 'command']

export function cleanCommand(): Command {
  const command = new Command('clean')
    .summary('remove leftovers of interrupted runs')
    .description(
      'Removes what runs that were killed have left on a server: containers and shares called leasecheck-<run id>-..., leases broken first.',
    )
    .addArgument(
      new Argument('<target>', 'account (the one that the environment or --connection-string names), or a URL'),
    )
    .addOption(
      new Option('--older-than <time>', 'only what nothing has changed for so long, e.g. 30m; 0s takes everything')
        .default(DEFAULT_AGE_MS, '1h')
        .argParser(budget),
    )
    .option('--dry-run', 'show what would be removed, and remove nothing')
    .option('--yes', 'do not ask')
  for (const option of targetOptions()) if (!UNUSED.includes(option.attributeName())) command.addOption(option)
  return command.action(clean)
}

async function clean(name: string, given: Omit<GivenTargetFlags, 'driver'> & CleanFlags): Promise<void> {
  const { target: which } = readTargetName(name)
  if (which !== 'url' && which !== 'account')
    throw new UsageError(
      `what leasecheck starts itself forgets everything when it ends; clean is for servers given by URL, and ${name} is none`,
    )
  const flags = await withDriver({ ...given, driver: 'rest' as const })
  process.exitCode = await untilSignal(async (signal) => {
    const target = await openTarget(name, { ...targetSettings(flags, 1), signal })
    try {
      return await cleanTarget(target, { ...flags, ...given, signal })
    } finally {
      await target.close()
    }
  })
}

interface Cleaning extends CleanFlags {
  readonly apiVersion: string
  readonly maxRequestsPerSecond?: number
  readonly signal: AbortSignal
}

/** Returns the exit status. */
async function cleanTarget(target: Target, cleaning: Cleaning): Promise<number> {
  const { olderThan, signal, yes = false } = cleaning
  const { url } = target.endpoints[0]!
  const all = await found(target, cleaning)
  const old = all.filter(({ ageMs }) => ageMs >= olderThan)
  const young = all.length - old.length
  const tooYoung = young === 0 ? '' : `; ${things(young)} changed less than ${lasting(olderThan)} ago, left alone`
  if (old.length === 0) {
    say(`nothing to remove${tooYoung}`)
    return EXIT.nothingNew
  }
  say(told(old))
  if (tooYoung !== '') say(tooYoung.slice(2))
  if (cleaning.dryRun) return EXIT.nothingNew
  const where = new URL(url).host
  await confirm({
    question: `remove ${things(old.length)} from ${where}?`,
    yes,
    where,
    isLoopback: isLoopback(url),
    signal,
  })
  return removed(target, old, cleaning)
}

async function found({ endpoints, clock }: Target, { apiVersion }: Cleaning): Promise<readonly Leftover[]> {
  const endpoint = endpoints[0]!
  const lister = { endpoint, apiVersion, instant: clock === 'virtual' ? String(Date.now()) : undefined }
  const tops = await listLeftovers(lister, endpoint.container === undefined ? 'container' : 'blob')
  return endpoint.fileUrl === undefined ? tops : [...tops, ...(await listLeftovers(lister, 'share'))]
}

async function removed(target: Target, old: readonly Leftover[], cleaning: Cleaning): Promise<number> {
  const { apiVersion, signal } = cleaning
  const endpoint = target.endpoints[0]!
  const maxPerSecond = maxPerSecondFor(target, cleaning.maxRequestsPerSecond)
  const pace = new Pace({ maxPerSecond, maxUnderWay: CONNECTIONS })
  signal.addEventListener('abort', () => pace.dropWaiting(signal.reason))
  const driver = restDriver({ endpoint, apiVersion, maxConnections: CONNECTIONS, pace })
  const instant = target.clock === 'virtual' ? Date.now() : undefined
  let gone = 0
  const left: string[] = []
  try {
    const remover = { driver, version: apiVersion, instant, signal }
    for await (const { leftover, hindrance } of removeLeftovers(old, { ...remover, inside: endpoint.container })) {
      if (hindrance === undefined) gone++
      else left.push(`${leftover.name} (${hindrance})`)
    }
  } finally {
    say(`${things(gone)} removed`)
    await driver.close()
  }
  if (left.length === 0) return EXIT.nothingNew
  throw new TargetError(`${things(left.length)} could not be removed: ${someOf(left)}`)
}

/** What would be removed, run by run. */
function told(leftovers: readonly Leftover[]): string {
  const byRun = Map.groupBy(leftovers, ({ run }) => run)
  return [...byRun]
    .map(([run, all]) => {
      const age = Math.min(...all.map(({ ageMs }) => ageMs))
      return `${run}: ${things(all.length)}, last changed ${lasting(age)} ago: ${someOf(all.map(({ name }) => name))}`
    })
    .join('\n')
}

function someOf(names: readonly string[]): string {
  return names.slice(0, NAMED).join(', ') + (names.length > NAMED ? ` and ${names.length - NAMED} more` : '')
}

function things(amount: number): string {
  return count(amount, 'leftover')
}
