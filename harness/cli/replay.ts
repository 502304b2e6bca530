import { Argument, Command } from 'commander'
import type { Divergence } from '../../model/judge.ts'
import { stepText, tokenOf } from '../../model/notation.ts'
import { KINDS } from '../../model/resource.ts'
import type { Scenario } from '../../model/scenario.ts'
import { subjectOf } from '../../model/world.ts'
import type { Play } from '../../properties/play.ts'
import type { TwinPropertyName } from '../../properties/twin.ts'
import { expressed } from '../campaign/expressible.ts'
import { storyOf } from '../campaign/story.ts'
import type { ChosenDriver } from '../drivers/choose-driver.ts'
import { TARGETS_HELP } from '../targets/open-target.ts'
import { EXIT, gravest, messageOf, statusOf } from './exit.ts'
import { refuseMissingFamilies } from './families-on.ts'
import { type GivenTargetFlags, type TargetFlags, targetOptions, targetSettings, withDriver } from './options.ts'
import { replayTwin } from './replay-twin.ts'
import { scenariosIn, type Wanted } from './scenarios-in.ts'
import type { Session } from './session.ts'
import { surveyedFor } from './surveyed.ts'
import { remark, say } from './terminal.ts'
import { withSession } from './with-session.ts'

interface ReplayFlags extends TargetFlags {
  readonly json?: true
}
type GivenReplayFlags = GivenTargetFlags & Pick<ReplayFlags, 'json'>

export function replayCommand(): Command {
  const command = new Command('replay')
    .summary('repeat a scenario, or those of a file')
    .description('Repeats a scenario, or those of a file, and tells what happened step by step.')
    .argument('<token or file>', "a replay token (lc1/...), a file of tokens, one a line, or a run's results.ndjson")
    .addArgument(new Argument('[target]', TARGETS_HELP).default('azurite'))
    .option('--json', 'one JSON object a scenario, for programs')
  for (const option of targetOptions()) command.addOption(option)
  return command.action(replay)
}

async function replay(what: string, target: string, given: GivenReplayFlags): Promise<void> {
  const scenarios = scenariosIn(what)
  const flags = await withDriver(given)
  const families = scenarios.flatMap(({ scenario }) => scenario.world.map(({ kind }) => KINDS[kind].family))
  refuseMissingFamilies(target, flags, families)
  process.exitCode = await withSession(target, targetSettings(flags, 1), (session) =>
    replayAll(session, scenarios, flags),
  )
}

/** Plays them one after the other; returns the exit status. */
async function replayAll(session: Session, wanted: readonly Wanted[], flags: ReplayFlags): Promise<number> {
  let status: number = EXIT.nothingNew
  try {
    await surveyedFor(
      session,
      wanted.map(({ scenario }) => scenario),
      flags.apiVersion,
    )
    for (const { scenario, property } of wanted) {
      tellWhatIsLeftOut(scenario, flags.driver)
      const played = await session.play(scenario)
      const twins = property && (await replayTwin(property, played, session.play))
      const plays = twins === undefined ? [played.play] : [twins.original, ...(twins.twin ? [twins.twin] : [])]
      if (plays.some(hasDiverged)) status = EXIT.somethingNew
      for (const play of plays) say(flags.json ? JSON.stringify(asJson(play, property)) : told(play))
      if (twins !== undefined && !flags.json) say(`${twins.result}.`)
    }
    return status
  } catch (error) {
    const reason = await session.fail(error)
    remark(messageOf(reason))
    return gravest(status, statusOf(reason))
  }
}

function hasDiverged({ verdicts }: Play): boolean {
  return verdicts.some(({ divergences }) => divergences.length > 0)
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

function asJson(play: Play, property: TwinPropertyName | undefined) {
  const { verdicts } = play
  return {
    scenario: tokenOf(play.scenario),
    ...(property === undefined ? {} : { property }),
    steps: storyOf(play).map((step, place) => ({
      ...step,
      rules: verdicts[place]?.rules ?? [],
      divergences: verdicts[place]?.divergences ?? [],
    })),
  }
}
