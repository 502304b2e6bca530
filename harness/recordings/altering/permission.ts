import type { Level } from '../../../model/rules/evidence.ts'
import { RULES } from '../../../model/rules/index.ts'
import type { ExchangeVerdict } from '../verifying/verify-recording.ts'
import type { Alteration } from './alteration.ts'
import type { AlteredField } from './altered-field.ts'

/** Why an alteration was not noticed. */
export interface Permission {
  readonly why: string
  /** The rule that explains the exchange as it was, and the one that explains it altered. */
  readonly rule: string
  readonly now: string
  /** How sure the rule is of the field. */
  readonly level: Level | 'not claimed'
}

type Explained = Extract<ExchangeVerdict, { readonly steps: unknown }>

/** Tells why the judge permits an altered exchange. */
export function permissionOf({ field }: Alteration, before: Explained, after: Explained): Permission {
  const [was, is] = [before.steps[0]!, after.steps[0]!]
  const rule = was.rules?.at(-1) ?? 'no rule'
  const now = is.rules?.at(-1) ?? 'no rule'
  const level = levelOf(field, now)
  const isUnsure = was.orRules !== undefined || is.orRules !== undefined
  const why = rule === now ? sameRule(field, now, level) : otherRule(after, isUnsure)
  return { rule, now, level, why: level === 'open' ? 'open: nobody knows what is right' : why }
}

function otherRule({ exchange: { leftOut } }: Explained, isUnsure: boolean): string {
  if (leftOut?.includes('condition')) return 'a condition whose value was not recorded'
  return isUnsure ? 'other states were possible before' : 'another rule explains it, and nothing later tells'
}

function sameRule(field: AlteredField, rule: string, level: Permission['level']): string {
  const layer = BY_ID.get(rule)?.layer
  const isId = field === 'lease id sent' || field === 'proposed lease id'
  if (isId && layer !== 'lease' && layer !== 'transition') return 'an earlier check refuses it, whatever the id is'
  switch (field) {
    case 'lease id sent':
      return 'an id that is as good or as wrong as the other'
    case 'proposed lease id':
    case 'lease id answered':
      return 'an id that is never used again'
    case 'lease time':
      return 'a time within the resolution of the clock'
    case 'lease state':
    case 'lease status':
    case 'lease duration':
      return 'other states were possible before'
    default:
      return level === 'inferred' ? 'a list of inferred values' : 'a list of permitted values'
  }
}

const HEADERS: Readonly<Partial<Record<AlteredField, string>>> = {
  'lease id answered': 'x-ms-lease-id',
  'lease time': 'x-ms-lease-time',
  'lease state': 'x-ms-lease-state',
  'lease status': 'x-ms-lease-status',
  'lease duration': 'x-ms-lease-duration',
}

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]))

function levelOf(field: AlteredField, rule: string): Permission['level'] {
  const [outcome] = BY_ID.get(rule)?.expect ?? []
  if (outcome === undefined) return 'not claimed'
  if (field === 'status' || field === 'code') return outcome[field].level
  return outcome.headers.find(({ header }) => header === HEADERS[field])?.level ?? 'not claimed'
}
