import { explore } from '../../model/machine.ts'
import { tokenOf } from '../../model/notation.ts'
import { KINDS, kindsOf, type ResourceKind } from '../../model/resource.ts'
import type { Rule } from '../../model/rules/rule.ts'
import { NEWEST_VERSION, type ServiceVersion } from '../../model/service-version.ts'
import { modelRules } from './casebook.ts'

/** The shortest scenario whose last request a rule decides. */
export interface ShortestScenario {
  /** A replay token. */
  readonly token: string
  /** The version of the service that has to be asked: the newest that the rule is for. */
  readonly version: ServiceVersion
}

/**
 * The shortest scenarios of some rules, by the ids of rules; a rule that decides in no cell has none. The walks are those of
 * the casebook, and end as soon as all of the rules were met, so that a few rules cost a fraction of a casebook.
 */
export function shortestScenarios(rules: readonly Rule[]): ReadonlyMap<string, ShortestScenario> {
  const deciding = rules.filter(({ expect }) => expect.length > 0)
  const walks = Map.groupBy(deciding, (rule) => `${rule.kind} ${newestVersionFor(rule)}`)
  return new Map([...walks.values()].flatMap((together) => [...walkedTo(together)]))
}

/** A version before the first era that has a name. Source: Version 2011-08-18. */
const OLDEST: ServiceVersion = '2011-08-18'

/** The newest version of the service that a rule is for. */
export function newestVersionFor({ when: { era } }: Rule): ServiceVersion {
  const last = era?.at(-1)
  if (last === undefined || last === '2020-02-10') return NEWEST_VERSION
  return last === 'before 2012-02-12' ? OLDEST : last
}

/** Walks to rules of the same kind and version: a request may be made of something that holds or is held by another kind. */
function walkedTo(rules: readonly Rule[]): ReadonlyMap<string, ShortestScenario> {
  const version = newestVersionFor(rules[0]!)
  const met = new Map<string, Way>(rules.map(({ id }) => [id, { steps: Number.POSITIVE_INFINITY, token: '' }]))
  for (const kind of kindsBeside(rules[0]!.kind)) {
    // Walks are in the order of length: what is as long as the longest way known can shorten none.
    let worth = longest(met)
    explore(modelRules(), kind, {
      version,
      until: ({ rules: applied, from, input }) => {
        const steps = from.path.length + 1
        const known = met.get(applied.at(-1)!)
        if (known !== undefined && steps < known.steps) {
          met.set(applied.at(-1)!, { steps, token: tokenOf({ world: from.setting, steps: [...from.path, input] }) })
          worth = longest(met)
        }
        return steps >= worth
      },
    })
  }
  return new Map([...met].flatMap(([id, { token }]) => (token === '' ? [] : [[id, { token, version }]])))
}

interface Way {
  readonly steps: number
  readonly token: string
}

function longest(met: ReadonlyMap<string, Way>): number {
  return Math.max(...[...met.values()].map(({ steps }) => steps))
}

/** Its own kind first, then those of its family. */
function kindsBeside(kind: ResourceKind): readonly ResourceKind[] {
  return [kind, ...kindsOf([KINDS[kind].family]).filter((other) => other !== kind)]
}
