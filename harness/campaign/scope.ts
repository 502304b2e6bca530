import type { CompiledRules } from '../../model/compiled-rules.ts'
import { explore, type Machine, type Visit } from '../../model/machine.ts'
import type { ResourceKind } from '../../model/resource.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import type { Sendable } from '../../properties/guide.ts'
import type { Expresses } from '../drivers/driver.ts'
import type { Permits } from '../targets/credentials/permits.ts'
import { allowed, sayableBy, sendableBy } from './expressible.ts'
import { isHostile } from './hostility.ts'
import { wordsOf } from './words.ts'

export interface ScopeOptions {
  readonly rules: CompiledRules
  readonly kinds: readonly ResourceKind[]
  /** The version of the service that is asked. */
  readonly version: ServiceVersion
  /** Whether unusual requests are tried in every plain state, and not only in some. */
  readonly thorough: boolean
  /** Whether malformed, faulty and missing headers are sent: some servers never recover from them. */
  readonly hostile: boolean
  /** Words that a cell or its rule must all contain; with any, the run is a part of the tour and nothing random. */
  readonly only: readonly string[]
  /** What the driver can be asked for; default: everything. */
  readonly expresses?: Expresses
  /** What the credential permits; default: everything. */
  readonly permits?: Permits | undefined
}

/** What a run is about: the cells that it wants to see. */
export interface Scope {
  readonly version: ServiceVersion
  readonly thorough: boolean
  readonly machines: readonly Machine[]
  readonly wanted: (visit: Visit) => boolean
  /** What was chosen, whether the driver can express it or not. */
  readonly selected: (visit: Visit) => boolean
  /** Which inputs the driver sends as they are meant. */
  readonly sendable: Sendable
  /** Which inputs the driver has a call for, whatever the client then sends: no walk rests on any other. */
  readonly sayable: Sendable
  /** How many cells are left out because the driver cannot express them. */
  readonly notExpressible: number
  /** How many cells are left out because the credential does not permit them. */
  readonly notPermitted?: number
}

export function scopeOf({ rules, kinds, version, thorough, hostile, only, expresses, permits }: ScopeOptions): Scope {
  const machines = kinds.map((kind) => explore(rules, kind, { version, thorough }))
  const words = wordsOf(only)
  const selected = ({ cell, rules: applied }: Visit) => {
    if (!hostile && isHostile(applied)) return false
    const text = [cell, ...applied].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const terms = allowed(expresses ?? everything, permits)
  const sendable = sendableBy(terms)
  const wanted = (visit: Visit) => selected(visit) && sendable(visit.input, visit.from.setting)
  const leftOut = machines
    .flatMap(({ visits }) => [...visits.values()])
    .filter((visit) => selected(visit) && !wanted(visit))
  const isRefused = permits === undefined ? undefined : sendableBy(allowed(everything, permits))
  const notPermitted = leftOut.filter(({ input, from }) => isRefused?.(input, from.setting) === false).length
  return {
    version,
    thorough,
    machines,
    wanted,
    selected,
    sendable,
    sayable: sayableBy(terms),
    notExpressible: leftOut.length - notPermitted,
    ...(notPermitted === 0 ? {} : { notPermitted }),
  }
}

export const everything: Expresses = () => 'exactly'
