import { type CompiledRules, compile } from '../../model/compiled-rules.ts'
import { explore, type Visit } from '../../model/machine.ts'
import { tokenOf } from '../../model/notation.ts'
import { classOf, isLeaseAction, type OperationClass, type OperationName } from '../../model/operation.ts'
import { RESOURCE_KINDS } from '../../model/resource.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Rule } from '../../model/rules/rule.ts'
import { NEWEST_VERSION, type ServiceVersion } from '../../model/service-version.ts'
import { describeUse } from '../../model/uses.ts'
import { isPrincipal } from '../../model/usual-worlds.ts'
import { subjectOf } from '../../model/world.ts'
import { inputInWords, stateInWords } from './case-words.ts'
import { type Moment, momentAt } from './moment.ts'

/** One cell, told in full: what is asked of what, what the service answers, by which rules, and how to see it. */
export interface Case extends Moment {
  readonly operation: OperationName
  readonly of: OperationClass
  /** The operation's name in Azure's documentation, or the lease action. */
  readonly title: string
  /** Whether the cell stands for all typical operations of its class, of which the scenario takes one. */
  readonly ofWholeClass: boolean
  /** The type of blob, where it is no block blob. */
  readonly blobType: string
  readonly state: string
  readonly input: string
  /** Whether nothing is odd about the resource and nothing is beside it. */
  readonly isPlain: boolean
  /** The rule that decides. */
  readonly decidedBy: Rule
  /** The shortest scenario that ends with this request, as a replay token. */
  readonly token: string
}

/** Everything that the model says of one version of the service, case by case. */
export interface Casebook {
  readonly version: ServiceVersion
  readonly rules: readonly Rule[]
  readonly cases: readonly Case[]
}

export interface CasebookOptions {
  readonly version?: ServiceVersion
  /** Whether unusual requests are told in every plain state, and not only in some. */
  readonly thorough?: boolean
}

/** The rules of the model, compiled when they are first asked for. */
export function modelRules(): CompiledRules {
  compiled ??= compile(RULES)
  return compiled
}

/** Every reachable cell of every kind, in the order of kinds and then as the walks meet them, near ones first. Made once and kept. */
export function casebook({ version = NEWEST_VERSION, thorough = false }: CasebookOptions = {}): Casebook {
  const key = `${version} ${thorough}`
  let made = KEPT.get(key)
  if (made === undefined) {
    made = { version, rules: RULES, cases: casesOf(version, thorough) }
    KEPT.set(key, made)
  }
  return made
}

let compiled: CompiledRules | undefined
const KEPT = new Map<string, Casebook>()

/** Walks also do something to what holds the resource; a cell is told with the kind that the request is about. */
function casesOf(version: ServiceVersion, thorough: boolean): readonly Case[] {
  const found = new Map<string, Visit>()
  for (const kind of RESOURCE_KINDS) {
    for (const visit of explore(modelRules(), kind, { version, thorough }).visits.values()) {
      const known = found.get(visit.cell)
      if (known === undefined || visit.from.path.length < known.from.path.length) found.set(visit.cell, visit)
    }
  }
  const cases = Map.groupBy([...found.values()].map(caseOf), ({ kind }) => kind)
  return RESOURCE_KINDS.flatMap((kind) => cases.get(kind) ?? [])
}

function caseOf({ cell, from, input }: Visit): Case {
  const moment = momentAt(modelRules(), from, input)
  const [head, state, ...rest] = cell.split(' | ') as [string, string, ...string[]]
  const of = classOf(input.do)
  return {
    ...moment,
    operation: input.do,
    of,
    title: isLeaseAction(input.do) ? input.do : describeUse(input.do).title,
    ofWholeClass: !isLeaseAction(input.do) && head === `${moment.kind} ${of}`,
    blobType: /\((append|page)\)/.exec(head)?.[1] ?? 'block',
    state: stateInWords(state),
    input: inputInWords(rest.join(' | ')),
    isPlain: isPlainAmong(from, input),
    decidedBy: moment.rules.at(-1)!,
    token: tokenOf({ world: from.setting, steps: [...from.path, input] }),
  }
}

function isPlainAmong({ setting, server }: Visit['from'], { on, source, condition }: Visit['input']): boolean {
  if (!isPrincipal(setting) || on !== subjectOf(setting).name) return false
  if (source !== undefined || condition !== undefined) return false
  return server.world.every(({ name, lease }) => name === on || lease.state === 'available')
}
