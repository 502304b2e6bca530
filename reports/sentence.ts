import type { Bucket, Signature, StoryStep } from './results.ts'

/** A divergence in a sentence: what the baseline says of it, else what was seen. */
export function sentenceOf(bucket: Bucket): string {
  return bucket.sentence ?? generatedSentence(bucket)
}

/** Malformed ids may be as long as a header can be. */
const MAX_STEP_LENGTH = 80

/** What was seen, in a sentence: ``"renew id=A" gives 409 LeaseIdMissing; expected 200.`` */
export function generatedSentence(bucket: Bucket): string {
  const step = divergingStep(bucket.story)?.step ?? bucket.rule
  const brief = step.length > MAX_STEP_LENGTH ? `${step.slice(0, MAX_STEP_LENGTH)}...` : step
  return `"${brief}" gives ${valueText(bucket, bucket.observed)}; expected ${valueText(bucket, bucket.expected)}.`
}

/** The step that the story is told for: it ends with the divergence of its bucket. */
export function divergingStep(story: readonly StoryStep[]): StoryStep | undefined {
  return story.findLast(({ diverged }) => diverged) ?? story.at(-1)
}

/** A value with the name of its field, unless it is a status and speaks for itself. */
export function valueText({ field }: Signature, value: string): string {
  // What two plays were to have in common goes on with where it was seen: "absent, as after one wait".
  const end = value.indexOf(', as ')
  const [said, where] = end < 0 ? [value, ''] : [value.slice(0, end), value.slice(end)]
  switch (field) {
    case 'status':
      return value
    case 'code':
      return `${said === 'none' ? 'no error code' : `error code ${said}`}${where}`
    default:
      return `${said === 'absent' ? `no ${field}` : `${field}: ${said}`}${where}`
  }
}

/** A signature in a line: `blob.renew.expired.held, status: 409 LeaseIdMissing`. */
export function signatureText({ rule, field, observed }: Signature): string {
  return `${rule}, ${field}: ${observed}`
}
