import { Argument, Command } from 'commander'
import type { Divergence } from '../../model/judge.ts'
import { stepText, subjectOf, tokenOf } from '../../model/notation.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { Play } from '../../properties/play.ts'
import { expressed } from '../campaign/expressible.ts'
import { storyOf } from '../campaign/story.ts'
import type { ChosenDriver } from '../drivers/choose-driver.ts'
import { TARGETS_HELP } from '../targets/open-target.ts'
import { EXIT, gravest, messageOf, statusOf } from './exit.ts'
import { type GivenTargetFlags, type TargetFlags, targetOptions, targetSettings, withDriver } from './options.ts'
import { scenariosIn } from './scenarios-in.ts'
import type { Session } from './session.ts'
import { remark, say } from './terminal.ts'
import { withSession } from './with-session.ts'

interface ReplayFlags extends TargetFlags {
  readonly json?: true
}
type GivenReplayFlags = GivenTargetFlags & Pick<ReplayFlags, 'json'>

export function replayCommand(): Command {
  const command = new Command('replay')
    .description('Repeats one scenario, or those of a file, and tells what happened step by step.')
    .argument('<token or file>', "a replay token (lc1/...), a file of tokens, one a line, or a run's results.ndjson")
    .addArgument(new Argument('[target]', TARGETS_HELP).default('azurite'))
    .option('--json', 'one JSON object a scenario, for programs')
  for (const option of targetOptions()) command.addOption(option)
  return command.action(replay)
}

async function replay(what: string, target: string, given: GivenReplayFlags): Promise<void> {
  const scenarios = scenariosIn(what)
  const flags = await withDriver(given)
  process.exitCode = await withSession(target, targetSettings(flags, 1), (session) =>
    replayAll(session, scenarios, flags),
  )
}

/** Plays them one after the other; returns the exit status. */
async function replayAll(session: Session, scenarios: readonly Scenario[], flags: ReplayFlags): Promise<number> {
  let status: number = EXIT.nothingNew
  try {
    for (const scenario of scenarios) {
      tellWhatIsLeftOut(scenario, flags.driver)
      const { play } = await session.play(scenario)
      if (play.verdicts.some(({ divergences }) => divergences.length > 0)) status = EXIT.somethingNew
      say(flags.json ? JSON.stringify(asJson(play)) : told(play))
    }
    return status
  } catch (error) {
    const reason = await session.fail(error)
    remark(messageOf(reason))
    return gravest(status, statusOf(reason))
  }
}

/** A scenario that the driver cannot express in full is another scenario, so this has to be said. */
function tellWhatIsLeftOut(scenario: Scenario, { name, expresses }: ChosenDriver): void {
  const kept = new Set(expressed(scenario, expresses).steps)
  const left = scenario.steps.filter((step) => !kept.has(step))
  if (left.length === 0) return
  const subject = subjectOf(scenario.world).name
  const steps = left.map((step) => stepText(step, subject)).join(', ')
  remark(`driver ${name} has no call for ${steps}; the scenario is played without`)
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
  const unplayed = left === 1 ? '1 more step was' : `${left} more steps were`
  const rest = left > 0 ? `\n     ${unplayed} not played: what the server holds is not known any more` : ''
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
