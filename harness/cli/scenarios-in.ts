import { existsSync, readFileSync } from 'node:fs'
import { readToken } from '../../model/notation.ts'
import { isWait, type Scenario } from '../../model/scenario.ts'
import type { TwinPropertyName } from '../../properties/twin.ts'
import { parseResults } from '../../reports/ndjson.ts'
import { printable } from '../../reports/printable.ts'
import { propertyIn } from '../campaign/contrast.ts'
import { UsageError } from '../errors.ts'

/** What a token begins with, whatever its version; it is no path, unless such a file exists. */
const TOKEN = /^lc[0-9]*\//
/** How much of a text that is no token is repeated. */
const SHOWN = 40

/** A scenario that is to be played, and where its bucket is about a property, its twin as well. */
export interface Wanted {
  readonly scenario: Scenario
  readonly property?: TwinPropertyName | undefined
}

/**
 * The scenarios that somebody named: one by its token, or those of a file of tokens or of results.
 * @throws UsageError if it is no token and no file of any.
 */
export function scenariosIn(what: string): readonly Wanted[] {
  if (!existsSync(what)) return [{ scenario: scenarioOf(what, '') }]
  const text = read(what)
  const scenarios = text.startsWith('{') ? divergent(text, what) : listed(text, what)
  if (scenarios.length === 0) throw new UsageError(`${what} holds no replay token`)
  return scenarios
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}); expected a file of tokens, or a run's results.ndjson`,
    )
  }
}

/** The scenarios that show the divergences of a run. */
function divergent(text: string, file: string): readonly Wanted[] {
  const results = parseResults(text, file)
  if ('error' in results) throw new UsageError(results.error)
  return results.events
    .filter((event) => event.event === 'bucket')
    .map(({ scenario, rule }) => ({
      scenario: scenarioOf(scenario, `${file}, bucket of ${rule}: `),
      property: propertyIn(rule),
    }))
}

/** One token a line; empty lines and those that begin with # are for readers. */
function listed(text: string, file: string): readonly Wanted[] {
  return text.split('\n').flatMap((line, index) => {
    const token = line.trim()
    return token === '' || token.startsWith('#')
      ? []
      : [{ scenario: scenarioOf(token, `${file}, line ${index + 1}: `) }]
  })
}

function scenarioOf(token: string, place: string): Scenario {
  if (!TOKEN.test(token)) {
    const shown = printable(token.slice(0, SHOWN))
    const kind = place === '' ? 'neither a replay token nor a file that exists' : 'no replay token'
    throw new UsageError(
      `${place}"${shown}${token.length > SHOWN ? '...' : ''}" is ${kind}; a token begins with lc1/, e.g. lc1/blob/acquire,duration=15`,
    )
  }
  const scenario = readToken(token)
  if ('error' in scenario) throw new UsageError(`${place}${scenario.error}`)
  if (!scenario.scenario.steps.some((step) => !isWait(step)))
    throw new UsageError(`${place}${token} asks for no operation, so there is nothing to judge: was it cut?`)
  return scenario.scenario
}
