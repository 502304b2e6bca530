import { randomInt } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { Argument, Command } from 'commander'
import type { Divergence } from '../../model/judge.ts'
import { readToken, tokenOf } from '../../model/notation.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { Play } from '../../properties/play.ts'
import { parseResults } from '../../reports/ndjson.ts'
import { storyOf } from '../campaign/story.ts'
import { UsageError } from '../errors.ts'
import { openTarget, TARGETS_HELP } from '../targets/open-target.ts'
import { EXIT } from './exit.ts'
import { type TargetFlags, targetOptions, targetSettings } from './options.ts'
import { Session } from './session.ts'
import { say } from './terminal.ts'

interface ReplayFlags extends TargetFlags {
  readonly json?: true
}

export function replayCommand(): Command {
  const command = new Command('replay')
    .description('Repeats one scenario, or those of a file, and tells what happened step by step.')
    .argument('<token or file>', "a replay token (lc1/...), a file of tokens, one a line, or a run's results.ndjson")
    .addArgument(new Argument('[target]', TARGETS_HELP).default('azurite'))
    .option('--json', 'one JSON object a scenario, for programs')
  for (const option of targetOptions()) command.addOption(option)
  return command.action(replay)
}

async function replay(what: string, target: string, flags: ReplayFlags): Promise<void> {
  const scenarios = scenariosOf(what)
  const opened = await openTarget(target, targetSettings(flags, 1))
  const session = new Session(opened, flags.apiVersion, `leasecheck-${randomInt(36 ** 5).toString(36)}`)
  try {
    let diverged = false
    for (const scenario of scenarios) {
      const { play } = await session.play(scenario)
      diverged ||= play.verdicts.some(({ divergences }) => divergences.length > 0)
      say(flags.json ? JSON.stringify(asJson(play)) : told(play))
    }
    process.exitCode = diverged ? EXIT.somethingNew : EXIT.nothingNew
  } finally {
    await session.close()
  }
}

/** @throws UsageError if what was given is no token and no file of any. */
function scenariosOf(what: string): readonly Scenario[] {
  if (!existsSync(what)) return [scenarioOf(what)]
  const text = readFileSync(what, 'utf8')
  const tokens = text.startsWith('{') ? tokensOfResults(text, what) : text.split('\n').map((line) => line.trim())
  const scenarios = tokens.filter((token) => token !== '' && !token.startsWith('#')).map(scenarioOf)
  if (scenarios.length === 0) throw new UsageError(`${what} holds no replay token`)
  return scenarios
}

/** The scenarios that show the divergences of a run. */
function tokensOfResults(text: string, name: string): readonly string[] {
  const results = parseResults(text, name)
  if ('error' in results) throw new UsageError(results.error)
  return results.events.flatMap((event) => (event.event === 'bucket' ? [event.scenario] : []))
}

function scenarioOf(token: string): Scenario {
  const read = readToken(token)
  if ('error' in read) throw new UsageError(read.error)
  return read.scenario
}

function told(play: Play): string {
  const steps = storyOf(play).map(({ step, atMs, answer, diverged }, place) => {
    const number = String(place + 1).padStart(3)
    const line = `${number}  ${`+${(atMs / 1000).toFixed(3)} s`.padStart(12)}  ${step}${answer === '' ? '' : `  ->  ${answer}`}`
    const divergences = play.verdicts[place]?.divergences ?? []
    return [line, ...(diverged ? divergences.map(accusation) : [])].join('\n')
  })
  const count = play.verdicts.reduce((sum, { divergences }) => sum + divergences.length, 0)
  const left = play.scenario.steps.length - play.verdicts.length
  const rest = left > 0 ? `\n     ${left} more steps were not played: what the server holds is not known any more` : ''
  return `${tokenOf(play.scenario)}\n${steps.join('\n')}${rest}\n${count === 0 ? 'agrees with the model' : `${count} divergence${count === 1 ? '' : 's'}`}`
}

function accusation({ rule, field, expected, observed, level }: Divergence): string {
  return `     ^ ${field}: expected ${expected}, observed ${observed} (${level}; rule ${rule})`
}

function asJson(play: Play) {
  const { verdicts } = play
  return {
    scenario: tokenOf(play.scenario),
    steps: storyOf(play).map((step, place) => ({
      ...step,
      rules: verdicts[place]?.rules ?? [],
      divergences: verdicts[place]?.divergences ?? [],
    })),
  }
}
