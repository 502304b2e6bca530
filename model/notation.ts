import { CONDITION_SYMBOLS } from './condition.ts'
import { OPERATION_NAMES, type OperationName, SNAPSHOT_OPTIONS } from './operation.ts'
import { RESOURCE_KINDS } from './resource.ts'
import { isWait, NAMED_IDS, type OperationStep, type Scenario, type Step, type WaitStep } from './scenario.ts'
import { WORLDS, worldNameOf } from './usual-worlds.ts'
import { type ResourceSetting, SETTING_CONDITIONS, subjectOf } from './world.ts'

/**
 * The replay token: a scenario in one string that people can read and shells leave alone. It begins with its format
 * version, then the world, then a part for each step:
 *
 *     lc1/blob/acquire,proposed=A,duration=15/wait,deadline-1ms/renew,id=A
 *
 * The usual worlds have names; others list their resources as `name:kind:condition[:parent]`, joined by commas.
 */
const FORMAT = 'lc1'

/** Writes a scenario as a token. */
export function tokenOf(scenario: Scenario): string {
  const { world, steps } = scenario
  const subject = subjectOf(world).name
  return [FORMAT, worldNameOf(world), ...steps.map((step) => stepText(step, subject))].join('/')
}

/** One step as a token has it; `subject` is the resource that need not be named. */
export function stepText(step: Step, subject: string): string {
  const on = step.on === subject ? [] : [`on=${step.on}`]
  if (isWait(step)) return ['wait', `${step.wait === 'for' ? '' : 'deadline'}${signed(step)}ms`, ...on].join(',')
  const headers = HEADERS.flatMap(([name, key]) => (step[key] === undefined ? [] : [`${name}=${escaped(step[key])}`]))
  return [step.do, ...headers, ...on].join(',')
}

export type Read = { readonly scenario: Scenario } | { readonly error: string }

/** Reads a token; an error says which part is wrong and what was expected. */
export function readToken(token: string): Read {
  const [format, world, ...parts] = token.trim().split('/')
  if (format !== FORMAT) {
    return {
      error: `a replay token begins with ${FORMAT}/ and this one begins with ${JSON.stringify(format)}: was it cut, or made by another version?`,
    }
  }
  if (world === undefined || world === '') return { error: `the token names no world after ${FORMAT}/` }
  try {
    const settings = readWorld(world)
    const subject = subjectOf(settings).name
    const steps = parts.map((part, index) => readStep(part, index + 1, subject))
    for (const step of steps) {
      for (const named of isWait(step) ? [step.on] : [step.on, step.source ?? step.on]) {
        if (!settings.some(({ name }) => name === named))
          throw new NotationError(`there is no resource ${named} in world ${world}`)
      }
    }
    return { scenario: { world: settings, steps } }
  } catch (error) {
    if (error instanceof NotationError) return { error: error.message }
    throw error
  }
}

class NotationError extends Error {}

const HEADERS = [
  ['id', 'leaseId'],
  ['proposed', 'proposedLeaseId'],
  ['duration', 'duration'],
  ['period', 'breakPeriod'],
  ['if', 'condition'],
  ['source', 'source'],
  ['source-id', 'sourceLeaseId'],
  ['snapshots', 'snapshots'],
  ['action', 'action'],
  ['way', 'way'],
] as const satisfies readonly (readonly [string, keyof OperationStep])[]

function readWorld(text: string): readonly ResourceSetting[] {
  if (Object.hasOwn(WORLDS, text)) return WORLDS[text]!
  return text.split(',').map((each) => {
    const [name, kind, condition, parent] = each.split(':')
    if (!name || !isOneOf(RESOURCE_KINDS, kind) || !isOneOf(SETTING_CONDITIONS, condition)) {
      throw new NotationError(
        `${JSON.stringify(text)} is no world: expected ${Object.keys(WORLDS).join(', ')}, or resources like photos:container:present`,
      )
    }
    return { name, kind, ...(parent === undefined ? {} : { parent }), condition }
  })
}

function readStep(part: string, place: number, subject: string): Step {
  const [name = '', ...fields] = part.split(',')
  const on = fields.find((field) => field.startsWith('on='))?.slice(3) ?? subject
  const rest = fields.filter((field) => !field.startsWith('on='))
  if (name === 'wait') return readWait(rest, place, on)
  if (!(OPERATION_NAMES as readonly string[]).includes(name)) {
    throw new NotationError(
      `step ${place} is ${JSON.stringify(name)}, which is no operation: expected wait, ${OPERATION_NAMES.join(', ')}`,
    )
  }
  const headers = Object.fromEntries(rest.map((field) => readHeader(field, place)))
  return { do: name as OperationName, on, ...headers }
}

function readWait([length, ...more]: readonly string[], place: number, on: string): WaitStep {
  const read = /^(deadline)?([+-]?[0-9]{1,12})ms$/.exec(length ?? '')
  if (read === null || more.length > 0) {
    throw new NotationError(
      `step ${place} waits for ${JSON.stringify(length ?? '')}: expected e.g. 5000ms, deadline-1ms or deadline+0ms`,
    )
  }
  return { wait: read[1] === undefined ? 'for' : 'until deadline', on, ms: Number(read[2]) }
}

function readHeader(field: string, place: number): [string, string] {
  const at = field.indexOf('=')
  const known = HEADERS.find(([name]) => name === field.slice(0, at))
  if (known === undefined) {
    throw new NotationError(
      `step ${place} has ${JSON.stringify(field)}: expected ${HEADERS.map(([name]) => `${name}=`).join(', ')} or on=`,
    )
  }
  const value = unescaped(field.slice(at + 1), place)
  const expected = EXPECTED[known[0]]
  if (expected !== undefined && !expected.fits(value)) {
    throw new NotationError(`step ${place}: ${JSON.stringify(value)} ${expected.otherwise}`)
  }
  return [known[1], value]
}

const SYMBOL = /^(?:(?:[A-F]|held|former|fresh)(?:@(?:D|N|B|P|upper|twice))?|malformed:.*)$/s

interface ExpectedValue {
  readonly fits: (value: string) => boolean
  readonly otherwise: string
}

const LEASE_ID: ExpectedValue = {
  fits: (value) => SYMBOL.test(value),
  otherwise: `names no lease id: expected ${NAMED_IDS.join(', ')}, held, former or fresh (with @N, @B, @P, @upper or @twice), or malformed:text`,
}

/** What the values of some headers have to be; the others may hold any text. */
const EXPECTED: Readonly<Partial<Record<(typeof HEADERS)[number][0], ExpectedValue>>> = {
  id: LEASE_ID,
  proposed: LEASE_ID,
  'source-id': LEASE_ID,
  if: {
    fits: (value) => isOneOf(CONDITION_SYMBOLS, value),
    otherwise: `is no condition: expected ${CONDITION_SYMBOLS.join(', ')}`,
  },
  snapshots: {
    fits: (value) => isOneOf(SNAPSHOT_OPTIONS, value),
    otherwise: `is no option for snapshots: expected ${SNAPSHOT_OPTIONS.join(' or ')}`,
  },
}

function signed({ wait, ms }: WaitStep): string {
  return wait === 'for' || ms < 0 ? String(ms) : `+${ms}`
}

function isOneOf<T extends string>(values: readonly T[], text: string | undefined): text is T {
  return values.some((value) => value === text)
}

/** Percent-encoding, and of the characters that it leaves alone those that a shell does not. */
function escaped(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%40', '@')
    .replaceAll('%3A', ':')
}

function unescaped(text: string, place: number): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new NotationError(`step ${place}: ${JSON.stringify(text)} is not percent-encoded text`)
  }
}
