/** For developers: `npm run replay-recorded -- FILE [--target URL]` does again what recorded sessions did, and compares. */
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { compile } from '../../../model/compiled-rules.ts'
import { RULES } from '../../../model/rules/index.ts'
import { NEWEST_VERSION } from '../../../model/service-version.ts'
import { EXIT, messageOf, statusOf } from '../../cli/exit.ts'
import { restDriver } from '../../drivers/rest.ts'
import { UsageError } from '../../errors.ts'
import { openTarget } from '../../targets/open-target.ts'
import { type RecordedSession, readRecordedSessions } from '../importing/condensed/recorded-session.ts'
import { differs, renderReplay, type SessionOutcome } from './replay-report.ts'
import { type ReplayStage, replaySession } from './replay-session.ts'
import { scriptOf } from './session-script.ts'

interface Flags {
  readonly target: string
  readonly account?: string
  readonly key?: string
}

await new Command('replay-recorded')
  .description('Sends the requests of recorded sessions to a server on virtual time, and compares its answers.')
  .argument('<file>', 'recorded sessions, one JSON object a line')
  .option('--target <name>', 'reference, azurite, or the URL of a server on virtual time', 'reference')
  .option('--account <name>', 'the account on a server given by URL')
  .option('--key <base64>', "the account's key")
  .action(async (file: string, flags: Flags) => {
    try {
      process.exitCode = await replayAll(sessionsIn(file), flags)
    } catch (error) {
      process.stderr.write(`${messageOf(error)}\n`)
      process.exitCode = statusOf(error)
    }
  })
  .parseAsync()

/** @throws UsageError if the file cannot be read as recordings. */
function sessionsIn(file: string): readonly RecordedSession[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}); give a file of recordings`)
  }
  const read = readRecordedSessions(text, file)
  if ('error' in read) throw new UsageError(read.error)
  const flat = read.sessions.filter(({ hns }) => !hns)
  const left = read.sessions.length - flat.length
  if (left > 0)
    process.stdout.write(`left out: ${left} sessions with hierarchical namespaces, which answer otherwise\n`)
  return flat
}

/** Replays them one after the other; returns the exit status. */
async function replayAll(sessions: readonly RecordedSession[], flags: Flags): Promise<number> {
  const target = await openTarget(flags.target, {
    processes: 1,
    port: undefined,
    offline: false,
    account: flags.account,
    key: flags.key,
    clock: 'header',
    apiVersion: NEWEST_VERSION,
    onProgress: (message) => process.stderr.write(`${message}\n`),
  })
  const driver = restDriver({ endpoint: target.endpoints[0]!, apiVersion: NEWEST_VERSION })
  try {
    const startMs = Math.floor(Date.now() / 1000) * 1000
    const stage = { rules: compile(RULES), driver, startMs }
    const outcomes: SessionOutcome[] = []
    for (const [index, session] of sessions.entries()) outcomes.push(await replayed(stage, session, `recorded${index}`))
    process.stdout.write(renderReplay(outcomes))
    return outcomes.some(differs) ? EXIT.somethingNew : EXIT.nothingNew
  } finally {
    await driver.close()
    await target.close()
  }
}

async function replayed(stage: ReplayStage, session: RecordedSession, baseName: string): Promise<SessionOutcome> {
  const script = scriptOf(session)
  const versions = script.steps.length === 0 ? [] : session.versions
  const replays = []
  for (const version of versions) replays.push(await replaySession(stage, script, version, `${baseName}v${version}`))
  return { session, aside: script.aside, replays }
}
