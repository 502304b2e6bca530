import type { Mismatch } from '../model/compare.ts'
import type { LeaseId, LeaseIdArgument } from '../model/lease-id.ts'
import { ANSWER_HEADERS, type AnswerHeader } from '../model/rules/rule.ts'
import type { Instant } from '../model/time.ts'
import type { Answer, Exchange, Trace } from '../model/trace.ts'
import type { Correspondence, Twin } from './twin.ts'

/** A field that a step and its counterpart in the twin were answered differently. */
export interface Difference {
  readonly field: Mismatch['field']
  readonly places: { readonly original: number; readonly twin: number }
  /** What each answer holds, said without ids and tags. */
  readonly original: string
  readonly twin: string
}

/**
 * What the twin was answered otherwise than the original: of each correspondence all that differs at the first step that
 * does, since everything later may follow from it. A step that was not played or not answered says nothing, and ends it.
 */
export function twinDifferences(original: Trace, twin: Trace, { correspondences }: Twin): readonly Difference[] {
  return correspondences.flatMap((pairs) => firstDifferences(original, twin, pairs))
}

function firstDifferences(original: Trace, twin: Trace, pairs: Correspondence): readonly Difference[] {
  const names = new Pairing()
  const tags = { etag: new Map<string, Tag>(), 'last-modified': new Map<string, Tag>() }
  for (const [place, twinPlace] of pairs) {
    const [own, other] = [original.steps[place], twin.steps[twinPlace]]
    if (own === undefined || other === undefined) return []
    const [sent, sentByTwin] = [own.exchanges.at(-1), other.exchanges.at(-1)]
    if (sent === undefined || sentByTwin === undefined) continue
    const exchanges = [sent, sentByTwin] as const
    if (sent.answer === undefined || sentByTwin.answer === undefined) return []
    pairIdsSent(names, exchanges)
    const found = fieldsThatDiffer([sent.answer, sentByTwin.answer], (header) => {
      if (header === 'etag' || header === 'last-modified') return tagTexts(tags[header], header, exchanges)
      return headerTexts(header, [sent.answer!, sentByTwin.answer!], names, original.clock.kind)
    })
    if (found.length > 0) {
      return found.map(([field, texts]) => ({
        field,
        places: { original: place, twin: twinPlace },
        original: texts[0],
        twin: texts[1],
      }))
    }
  }
  return []
}

/** What the two answers say of the same thing. */
type Texts = readonly [original: string, twin: string]
type Both<T> = readonly [original: T, twin: T]
const SAME: Texts = ['', '']

function fieldsThatDiffer(
  [answer, twinAnswer]: Both<Answer>,
  texts: (header: AnswerHeader) => Texts,
): readonly (readonly [Mismatch['field'], Texts])[] {
  if (answer.status !== twinAnswer.status) return [['status', [statusText(answer), statusText(twinAnswer)]]]
  const all: (readonly [Mismatch['field'], Texts])[] = [
    ['code', [answer.code ?? 'none', twinAnswer.code ?? 'none']],
    ...ANSWER_HEADERS.map((header) => [header, texts(header)] as const),
  ]
  return all.filter(([, [original, twin]]) => original !== twin)
}

function statusText({ status, code }: Answer): string {
  return code === undefined ? String(status) : `${status} ${code}`
}

function headerTexts(
  header: Exclude<AnswerHeader, 'etag' | 'last-modified'>,
  answers: Both<Answer>,
  names: Pairing,
  clock: Trace['clock']['kind'],
): Texts {
  const [own, other] = answers.map(({ headers }) => headers[header]) as [string?, string?]
  if (own === undefined || other === undefined) return presence(own, other)
  switch (header) {
    case 'x-ms-lease-id':
      return names.pair(own, other) ? SAME : ['one lease id', 'another lease id']
    case 'x-ms-lease-time':
      return timeTexts(Number(own), Number(other), clock === 'virtual' ? 0 : 1)
    case 'x-ms-lease-state':
    case 'x-ms-lease-status':
    case 'x-ms-lease-duration':
      return [own, other]
    default:
      return header satisfies never
  }
}

function timeTexts(own: number, other: number, toleranceSeconds: number): Texts {
  if (Math.abs(own - other) <= toleranceSeconds) return SAME
  return own > other ? ['a longer time', 'a shorter time'] : ['a shorter time', 'a longer time']
}

function presence(own: string | undefined, other: string | undefined): Texts {
  return [own === undefined ? 'absent' : 'present', other === undefined ? 'absent' : 'present']
}

/** The tag that a resource was last seen to have in both plays, and when. */
interface Tag {
  readonly texts: Both<string>
  readonly seenMs: Instant
}

/**
 * Whether a tag has changed since it was seen before. Within one instant a server that makes its tags of the time may give
 * the same one twice, so what is seen then only replaces what was seen.
 */
function tagTexts(seen: Map<string, Tag>, header: 'etag' | 'last-modified', exchanges: Both<Exchange>): Texts {
  const [own, other] = exchanges.map(({ answer }) => answer?.headers[header]) as [string?, string?]
  if (own === undefined || other === undefined) return presence(own, other)
  const { operation, window, answer } = exchanges[0]
  if (answer!.status >= 300) return SAME
  const before = seen.get(operation.on)
  seen.set(operation.on, { texts: [own, other], seenMs: window.earliestMs })
  if (before === undefined || window.earliestMs <= before.seenMs) return SAME
  return [own === before.texts[0] ? 'unchanged' : 'changed', other === before.texts[1] ? 'unchanged' : 'changed']
}

function pairIdsSent(names: Pairing, [{ operation }, { operation: twin }]: Both<Exchange>): void {
  for (const header of ['leaseId', 'proposedLeaseId', 'sourceLeaseId'] as const)
    names.meet(idOf(operation[header]), idOf(twin[header]))
}

function idOf(argument: LeaseIdArgument): LeaseId | undefined {
  return argument.given === 'guid' ? argument.id : undefined
}

/** Which id of one play stands where another one stands in the other play; one to one. */
class Pairing {
  readonly #there = new Map<string, string>()
  readonly #back = new Map<string, string>()

  /** Pairs two ids unless one of them is paired already. */
  meet(own: string | undefined, other: string | undefined): void {
    if (own === undefined || other === undefined || this.#there.has(own) || this.#back.has(other)) return
    this.#there.set(own, other)
    this.#back.set(other, own)
  }

  /** Pairs two ids; false if one of them is paired with a third. */
  pair(own: string, other: string): boolean {
    this.meet(own, other)
    return this.#there.get(own) === other && this.#back.get(other) === own
  }
}
