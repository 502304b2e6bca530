import { valueText } from '../sentence.ts'
import type { RecordedDivergence } from './verification.ts'

/** A divergence in a sentence: what the baseline says of it, else what was seen. */
export function sentenceOfRecorded(found: RecordedDivergence): string {
  return found.sentence ?? generatedSentence(found)
}

/** What was seen, in a sentence: `"PUT /c/b?comp=lease, renew" was answered 200; expected 409 LeaseIdMissing.` */
export function generatedSentence(found: RecordedDivergence): string {
  const request = found.examples[0]?.request ?? found.rule
  return `"${request}" was answered ${valueText(found, found.observed)}; expected ${valueText(found, found.expected)}.`
}
