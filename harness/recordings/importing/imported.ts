import { printable } from '../../../reports/printable.ts'
import type { Recording } from './recorded-exchange.ts'

/** What importing a file gave. */
export type Imported = { readonly recordings: readonly Recording[] } | ImportFailure

export interface ImportFailure {
  /** One line: the file, what is wrong with it, and what to do. */
  readonly error: string
  readonly reason: FailureReason
}

/** `not a recording`: the file is whole, but something else; in a folder that is no mistake. */
export type FailureReason = 'damaged' | 'not a recording' | 'too large' | 'unreadable'

const ADVICE: Readonly<Record<FailureReason, string>> = {
  damaged: 'record it again, or leave it out',
  'not a recording': 'name recordings as test-proxy JSON, VCR YAML or HAR, or folders that have some',
  'too large': 'cut it into several files',
  unreadable: 'name files and folders that can be read',
}

/** @param what what is wrong, as a clause about the file: "it is no valid JSON" */
export function failure(source: string, reason: FailureReason, what: string): ImportFailure {
  return { reason, error: printable(`${source}: ${what}; ${ADVICE[reason]}`) }
}
