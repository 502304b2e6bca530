import type { CompiledRules } from '../../../model/compiled-rules.ts'
import type { Recording } from '../importing/recorded-exchange.ts'
import { HINDRANCES } from '../verifying/hindrance.ts'
import { type ExchangeVerdict, verifyRecording } from '../verifying/verify-recording.ts'
import { type Alteration, withAlteration } from './alteration.ts'
import { type Permission, permissionOf } from './permission.ts'

/** What became of an alteration. */
export type AlterationOutcome = {
  readonly alteration: Alteration
  readonly at: string
} /** Something in the recording is not explained any more; `fails` if that alone would make `leasecheck verify` fail. */ & (
  | { readonly is: 'flagged'; readonly fails: boolean }
  /** The exchange cannot be judged any more, so nobody notices. */
  | { readonly is: 'hidden'; readonly why: string }
  | { readonly is: 'permitted'; readonly permission: Permission }
)

/** Alters a recording, and judges all of it again. */
export function alterationOutcome(
  rules: CompiledRules,
  recording: Recording,
  verdicts: readonly ExchangeVerdict[],
  alteration: Alteration,
): AlterationOutcome {
  const { index } = alteration
  const after = verifyRecording(rules, withAlteration(recording, alteration))
  const known = new Set(divergencesIn(verdicts).map(({ key }) => key))
  const fresh = divergencesIn(after).filter(({ key }) => !known.has(key))
  const about = { alteration, at: `${recording.source}#${recording.exchanges[index]!.place}` }
  if (fresh.length > 0) return { ...about, is: 'flagged', fails: fresh.some(({ fails }) => fails) }
  const [was, is] = [verdicts[index]!, after[index]!]
  if (was.result !== 'explained') throw new Error(`${about.at} was altered, and should not have been`)
  switch (is.result) {
    case 'not judgeable':
      return { ...about, is: 'hidden', why: HINDRANCES[is.why.name] }
    case 'beside':
      return { ...about, is: 'hidden', why: 'it has nothing to do with leases any more' }
    case 'unexplained':
      throw new Error(`${about.at} is not explained, and nothing is new`)
    case 'explained':
      return { ...about, is: 'permitted', permission: permissionOf(alteration, was, is) }
    default:
      return is satisfies never
  }
}

interface Found {
  readonly key: string
  readonly fails: boolean
}

function divergencesIn(verdicts: readonly ExchangeVerdict[]): readonly Found[] {
  return verdicts.flatMap((verdict, index) =>
    verdict.result !== 'unexplained'
      ? []
      : verdict.divergences.map(({ rule, field, observed, level }) => ({
          key: JSON.stringify([index, rule, field, observed]),
          fails: level === 'settled' || level === 'documented',
        })),
  )
}
