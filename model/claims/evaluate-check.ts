import { clientRulesFor } from '../client/client-rules.ts'
import type { CompiledRules } from '../compiled-rules.ts'
import { readToken, tokenOf } from '../notation.ts'
import { isReadBack } from '../operation.ts'
import type { ResourceKind } from '../resource.ts'
import { LEVELS, type Level, weaker } from '../rules/evidence.ts'
import { isWait, type Scenario } from '../scenario.ts'
import type { ServiceVersion } from '../service-version.ts'
import type { Answer } from '../trace.ts'
import { describeUse, USES } from '../uses.ts'
import { type DecidingRule, eachOnce } from './deciding-rule.ts'
import type { BeyondTheModel, Check, ClientCheck, Prediction, ScenarioCheck, Verdict } from './documented-claim.ts'
import { type Ending, endingsOf, type Told } from './endings.ts'
import { effectOf, type Fit, fitsOf } from './fit.ts'

/** Why nobody can say whether a claim is true. */
export type OpenReason = 'nobody knows' | 'several answers are permitted' | 'beyond the model'

/** A check for one kind, and what came of it. */
export interface EvaluatedCheck {
  readonly verdict: Verdict
  readonly openBecause?: OpenReason
  /** How sure the verdict is: as the weakest field that it needs. */
  readonly level: Level
  /** What the claim predicts, and what is permitted, in words. */
  readonly predicted: string
  readonly permitted: readonly string[]
  readonly rules: readonly DecidingRule[]
  /** The replay token of the scenario; nothing if there is none. */
  readonly token?: string
  readonly version?: ServiceVersion
}

/** Finds out what the model says of a check for one of its kinds. */
export function evaluateCheck(rules: CompiledRules, check: Check, kind: ResourceKind): EvaluatedCheck {
  switch (check.ask) {
    case 'the server':
      return evaluateScenario(rules, check, kind)
    case 'the client':
      return evaluateClient(check, kind)
    case 'nobody':
      return beyond(check)
    default:
      return check satisfies never
  }
}

/** The scenario of a check for a kind. @throws Error if its steps cannot be read. */
export function scenarioOf({ world, steps }: ScenarioCheck, kind: ResourceKind): Scenario {
  const own = steps.replace(/\{(\w+)\}/g, (_, name) => OWN_USES[kind]?.[name] ?? `{${name}}`)
  const read = readToken(`lc1/${world ?? kind}/${own}`)
  if ('error' in read) throw new Error(`${steps} on a ${kind}: ${read.error}`)
  return read.scenario
}

/** The use of each kind that stands for its reads, writes and deletions. */
const OWN_USES: Readonly<Partial<Record<ResourceKind, Readonly<Record<string, string>>>>> = {
  blob: { read: 'getBlobProperties', write: 'setBlobMetadata', delete: 'deleteBlob' },
  container: { read: 'getContainerProperties', write: 'setContainerMetadata', delete: 'deleteContainer' },
  share: { read: 'getShareProperties', write: 'setShareMetadata', delete: 'deleteShare' },
  'share-snapshot': { read: 'getShareSnapshotProperties', delete: 'deleteShareSnapshot' },
  file: { read: 'getFileProperties', write: 'setFileMetadata', delete: 'deleteFile' },
}

function evaluateScenario(rules: CompiledRules, check: ScenarioCheck, kind: ResourceKind): EvaluatedCheck {
  const { version, expects, atMost = 'settled' } = check
  const scenario = scenarioOf(check, kind)
  if (isWait(scenario.steps.at(-1)!)) throw new Error(`the last step of ${check.steps} is no operation`)
  const courses = endingsOf(rules, scenario, version).map((ending) => courseOf(ending, check))
  const { verdict, openBecause } = verdictOf(courses)
  return {
    verdict,
    ...(openBecause === undefined ? {} : { openBecause }),
    level: courses.map(({ level }) => level).reduce(weaker, atMost),
    predicted: predictionText(expects),
    permitted: [...new Set(courses.map(({ last }) => permittedText(last, expects)))],
    rules: eachOnce(courses.flatMap(({ deciding }) => deciding)),
    token: tokenOf(scenario),
    ...(version === undefined ? {} : { version }),
  }
}

/** A course of a scenario as the claim sees it. */
interface Course {
  readonly holds: Fit['holds']
  readonly level: Level
  readonly last: Told
  readonly deciding: readonly DecidingRule[]
}

function courseOf(ending: Ending, { expects, withStepBefore }: ScenarioCheck): Course {
  const last = ending.at(-1)!
  const fits = fitsOf(last, expects)
  const refuting = fits.filter(({ holds }) => holds === 'never')
  const shown = withStepBefore || readsLease(last, expects) ? ending.at(-2) : undefined
  const holds = refuting.length > 0 ? 'never' : fits.every((each) => each.holds === 'always') ? 'always' : 'perhaps'
  const deciding = refuting.length > 0 ? refuting : fits
  const level =
    refuting.length > 0
      ? LEVELS[Math.min(...refuting.map((each) => LEVELS.indexOf(each.level)))]!
      : fits.map((each) => each.level).reduce(weaker)
  const effect = shown && effectOf(shown)
  return {
    holds,
    level: effect === undefined ? level : weaker(level, effect.level),
    last,
    deciding: [
      ...deciding.map((each) => decidedBy(last, each)),
      ...(shown === undefined || effect === undefined ? [] : [decidedBy(shown, effect)]),
    ],
  }
}

/** A read shows what the step before it did to the lease, if it is the lease that the claim asks for. */
function readsLease({ situation: { operation } }: Told, { headers = {} }: Prediction): boolean {
  return isReadBack(operation.name) && Object.keys(headers).some((name) => name.startsWith('x-ms-lease-'))
}

function decidedBy({ rule: { id } }: Told, { field, level, evidence }: Fit): DecidingRule {
  return { id, fields: [field], level, evidence }
}

function verdictOf(courses: readonly Course[]): Pick<EvaluatedCheck, 'verdict' | 'openBecause'> {
  const all = (holds: Fit['holds']) => courses.every((each) => each.holds === holds)
  if (all('always')) return { verdict: 'true' }
  if (all('never')) return { verdict: 'false' }
  const unknown = courses.some(({ level }) => level === 'open')
  return { verdict: 'open', openBecause: unknown ? 'nobody knows' : 'several answers are permitted' }
}

function evaluateClient(check: ClientCheck, kind: ResourceKind): EvaluatedCheck {
  const { of, moment, field, expects } = check
  const rule = clientRulesFor(kind, of).find((each) => each.moment === moment && each.field === field)
  if (rule === undefined) throw new Error(`no client rule speaks of ${field} for ${of} on a ${kind} (${moment})`)
  const { values, level, evidence } = rule.expect
  const isOnly = values.every((value) => value === expects)
  const verdict = level === 'open' ? 'open' : isOnly ? 'true' : values.includes(expects) ? 'open' : 'false'
  const openBecause: OpenReason = level === 'open' ? 'nobody knows' : 'several answers are permitted'
  return {
    verdict,
    ...(verdict === 'open' ? { openBecause } : {}),
    level,
    predicted: `${field} ${expects}`,
    permitted: values.map((value) => `${field} ${value}`),
    rules: [{ id: rule.id, fields: [field], level, evidence }],
  }
}

/** @throws Error if the model has the operation by now. */
function beyond({ why, operation }: BeyondTheModel): EvaluatedCheck {
  if (operation !== undefined && isKnown(operation)) throw new Error(`the model has ${operation}: check the claim`)
  return {
    verdict: 'open',
    openBecause: 'beyond the model',
    level: 'open',
    predicted: '',
    permitted: [why],
    rules: [],
  }
}

function isKnown(title: string): boolean {
  return Object.keys(USES).some((use) => describeUse(use as keyof typeof USES).title === title)
}

function predictionText({ status, code, headers = {} }: Prediction): string {
  const said = [status, ...(code === undefined ? [] : [[code].flat().join(' or ')])].filter(
    (each) => each !== undefined,
  )
  const named = Object.entries(headers).map(([name, values]) => `${name} ${[values].flat().join(' or ')}`)
  return [...(said.length === 0 ? [] : [said.join(' ')]), ...named].join(', ')
}

/** What is permitted, as far as the prediction speaks of it; with a status goes its code, if there are not too many. */
function permittedText({ answers }: Told, { code, headers = {} }: Prediction): string {
  const each = (value: (answer: Answer) => string | undefined) => [...new Set(answers.flatMap((at) => value(at) ?? []))]
  const codes = each((answer) => answer.code)
  const status = each((answer) => String(answer.status)).join(' or ')
  const said = codes.length > MOST_CODES && code === undefined ? 'with a code that is not known' : codes.join(' or ')
  const named = Object.keys(headers).map((name) => {
    return `${name} ${each((answer) => answer.headers[name] ?? 'absent').join(' or ')}`
  })
  return [said === '' ? status : `${status} ${said}`, ...named].join(', ')
}

const MOST_CODES = 3
