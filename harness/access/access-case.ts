import { LEASE_ACCESS, type LeaseAccessRule, lettersFor } from '../../model/access/lease-access.ts'
import type { Family } from '../../model/resource.ts'

/** A lease operation asked with a signature that permits one thing only. */
export interface AccessCase {
  readonly rule: LeaseAccessRule
  /** The one letter of `sp`. */
  readonly letter: string
  readonly isAllowed: boolean
}

/** The letters that every version of the service knows, for each scope. */
const LETTERS = { account: 'rwdlacup', container: 'racwdl' } as const

/** Every lease operation on these kinds with every letter. */
export function accessCases(kinds: readonly Family[], version: string): readonly AccessCase[] {
  return LEASE_ACCESS.filter(({ kind }) => kinds.includes(kind)).flatMap((rule) =>
    [...LETTERS[rule.scope]].map((letter) => ({
      rule,
      letter,
      isAllowed: lettersFor(rule.kind, rule.action, rule.scope, version).includes(letter),
    })),
  )
}

/** What a case is called, in results and for people. */
export function nameOf({ rule, letter }: AccessCase): string {
  return `${rule.id} sp=${letter}`
}
