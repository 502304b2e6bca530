import type { FeatureValue } from '../../features.ts'
import { claim, doc, type Evidence, inferred, open } from '../evidence.ts'
import { type Outcome, refusal } from '../rule.ts'

/** The conditional headers that an operation takes; no condition at all counts among them. */
export const TAKEN: readonly FeatureValue<'conditionOn'>[] = [
  'nothing',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'tags',
]

const NOT_MET = 'ConditionNotMet'
const PAGE = doc('conditional-headers')
const CODE = doc('blob-error-codes')

/** What an operation answers whose condition does not hold. */
export function unmet(status: 304 | 412, ...known: readonly Evidence[]): Outcome {
  return refusal(claim(status, PAGE, ...known), claim(NOT_MET, CODE, ...known))
}

/** The page counts Snapshot Blob among the reads, and says that reads are what begins with GET or HEAD. */
export const UNMET_SNAPSHOT: Outcome = refusal(open([412, 304], PAGE), claim(NOT_MET, CODE))

/** What is answered to `If-None-Match: *` where something exists, which is a condition that can never hold. */
export function wildcard(...statuses: readonly number[]): Outcome {
  return refusal(
    open(statuses, doc('conditional-headers', 'it fails if the resource exists')),
    open([NOT_MET, 'BlobAlreadyExists', 'UnsatisfiableCondition', 'UnsupportedHeader', 'InvalidHeaderValue']),
  )
}

/** What an operation may answer to a conditional header that it is not documented to take. */
export function headerNotTaken(...statuses: readonly number[]): Outcome {
  const why = inferred('it may be refused, ignored, or heeded all the same')
  return refusal(
    open(statuses, why),
    open(['ConditionHeadersNotSupported', 'UnsupportedHeader', 'InvalidHeaderValue', 'InvalidInput', NOT_MET], why),
  )
}
