import type { z } from 'zod'
import { SOURCES, type SourceKey } from '../model/rules/sources.ts'
import { count } from './counting.ts'
import type { EVIDENCE } from './results.ts'

type Evidence = z.infer<typeof EVIDENCE>

/** The title of a source and where it stands; a source that this version does not know goes by its key. */
export function sourceOf({ source }: Evidence): { readonly title: string; readonly where: string } {
  return Object.hasOwn(SOURCES, source) ? SOURCES[source as SourceKey] : { title: source, where: '' }
}

/** One reason to believe a rule, in a line: `REST reference: Lease Blob (documented): any form of GUID is accepted`. */
export function evidenceText(evidence: Evidence): string {
  const kind = kindText(evidence)
  return `${sourceOf(evidence).title}${kind === '' ? '' : ` (${kind})`}${evidence.note === undefined ? '' : `: ${evidence.note}`}`
}

/** What kind of reason it is, and how often it was seen; nothing for a deduction, whose source says so already. */
export function kindText(evidence: Evidence): string {
  return evidence.inPart === undefined ? wholly(evidence) : `${wholly(evidence)}, of a part`
}

function wholly({ kind, count: seen }: Evidence): string {
  switch (kind) {
    case 'doc':
      return 'documented'
    case 'recording':
      return seen === undefined ? 'recorded' : count(seen, 'recorded exchange')
    case 'sdk-test':
      return seen === undefined ? 'asserted' : count(seen, 'assertion')
    case 'live-trace':
      return seen === undefined ? 'traced live' : count(seen, 'live trace')
    case 'inferred':
      return ''
    default:
      return kind satisfies never
  }
}

/** What the levels mean, for readers who see them for the first time. */
export const LEVEL_MEANINGS = {
  settled: 'recorded, or documented and tested live',
  documented: 'documented or tested, never recorded',
  inferred: 'our deduction; fails a run only with --strict',
  open: 'nobody knows what is right',
} as const
