import { z } from 'zod'
import {
  EXCHANGE,
  RECORDED_DIVERGENCE,
  RULE_SEEN,
  UNMET_ENTRY,
  UNREADABLE,
  VERIFICATION_FOOTER,
  VERIFICATION_HEADER,
  type VerificationEvent,
} from './verification.ts'

/** What judging recordings found, as one JSON document: the events of the stream but for those of single files. */
export const VERIFICATION = z.object({
  ...VERIFICATION_HEADER.omit({ event: true }).shape,
  summary: VERIFICATION_FOOTER.omit({ event: true }),
  unreadable: z.array(UNREADABLE.omit({ event: true })),
  divergences: z.array(RECORDED_DIVERGENCE.omit({ event: true })),
  exchanges: z.array(EXCHANGE.omit({ event: true })).describe('unexplained and known ones, the first ten thousand'),
  entries: z.array(UNMET_ENTRY.omit({ event: true })),
  rules: z
    .array(RULE_SEEN.omit({ event: true }))
    .optional()
    .describe('with --by-rule'),
})

export type VerificationDocument = z.infer<typeof VERIFICATION>

/** Only what was kept of a stream: how many exchanges are listed, the caller decides. */
export function documentOf(events: readonly VerificationEvent[], byRule: boolean): VerificationDocument {
  const [header] = ofKind(events, 'header')
  const [summary] = ofKind(events, 'footer')
  if (header === undefined || summary === undefined) throw new Error('the events have no header or no footer')
  const exchanges = ofKind(events, 'exchange').filter(({ result }) => result !== 'not judgeable')
  return {
    ...header,
    summary,
    unreadable: ofKind(events, 'unreadable'),
    divergences: ofKind(events, 'divergence'),
    exchanges,
    entries: ofKind(events, 'baseline-entry'),
    ...(byRule ? { rules: ofKind(events, 'rule') } : {}),
  }
}

type Of<K extends VerificationEvent['event']> = Omit<Extract<VerificationEvent, { event: K }>, 'event'>

/** The events of a kind, without what says so. */
function ofKind<K extends VerificationEvent['event']>(events: readonly VerificationEvent[], kind: K): Of<K>[] {
  return events.flatMap((each) => {
    if (each.event !== kind) return []
    const { event: _event, ...rest } = each
    return [rest as unknown as Of<K>]
  })
}
