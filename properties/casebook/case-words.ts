/**
 * The words of cells for readers: a cell says `leased, shortest, full`, which is short enough to count by and too short to
 * be understood by somebody who sees it for the first time.
 */

const STATES: readonly (readonly [RegExp, string])[] = [
  [/^available, never leased/, 'available, never leased'],
  [/^available, released/, 'available, its lease was released'],
  [/^available, written over/, 'available, written since its lease ended'],
  [/^leased, shortest, full/, 'leased for 15 s, all of it left'],
  [/^leased, longest, full/, 'leased for 60 s, all of it left'],
  [/^leased, shortest, between/, 'leased for 15 s, part of it left'],
  [/^leased, longest, between/, 'leased for 60 s, part of it left'],
  [/^leased, between, full/, 'leased for 16 to 59 s, all of it left'],
  [/^leased, between, between/, 'leased for 16 to 59 s, part of it left'],
  [/^leased, shortest, last second/, 'leased for 15 s, in the last second'],
  [/^leased, longest, last second/, 'leased for 60 s, in the last second'],
  [/^leased, between, last second/, 'leased for 16 to 59 s, in the last second'],
  [/^leased, infinite/, 'leased for ever'],
  [/^leased, fixed/, 'leased for a time'],
  [/^breaking, between/, 'breaking, more than a second left'],
  [/^breaking, last second/, 'breaking, in the last second'],
  [/^broken, broken at once/, 'broken at once'],
  [/^broken, broken after a while/, 'broken by the end of a break period'],
  [/^broken, first look/, 'broken by the end of a break period, first request since'],
  [/^expired, shortest/, 'expired, was for 15 s'],
  [/^expired, longest/, 'expired, was for 60 s'],
  [/^expired, between/, 'expired, was for 16 to 59 s'],
  [/^expired, first look/, 'expired, first request since'],
  [/^parent absent/, 'not there, nor what holds it'],
  [/^absent, deleted before/, 'not there, deleted before'],
  [/^absent/, 'not there'],
]

/** The state part of a cell, for readers. */
export function stateInWords(state: string): string {
  const [, prefix = '', rest = state] = /^(uncommitted, |sealed, )?(.*)$/.exec(state) ?? []
  const known = STATES.find(([pattern]) => pattern.test(rest))
  const worded = known === undefined ? rest : rest.replace(known[0], known[1])
  return `${prefix}${worded}`
    .replace(/, (container|share|blob) leased, infinite/, ', in a $1 leased for ever')
    .replaceAll('blob-snapshot', 'snapshot')
    .replaceAll('share-snapshot', 'snapshot')
    .replace(/, with a /g, ', holds a ')
    .replaceAll(' leased, infinite', ' leased for ever')
    .replaceAll(' leased, fixed', ' leased for a time')
}

const INPUTS: readonly (readonly [RegExp, string])[] = [
  [/\bproposedLeaseId: /g, 'proposed id: '],
  [/\bleaseId: /g, 'id: '],
  [/\bbreakPeriod: /g, 'break period: '],
  [/\bduration: shortest/g, 'duration: 15 s'],
  [/\bduration: longest/g, 'duration: 60 s'],
  [/\bduration: between/g, 'duration: 16 to 59 s'],
  [/\bduration: absent/g, 'duration: none'],
  [/\bbreak period: absent/g, 'break period: none'],
  [/\bbreak period: zero/g, 'break period: 0'],
  [/\bbreak period: (shorter|longer)/g, 'break period: $1'],
  [/\bbreak period: equal/g, 'break period: equal'],
  [/\bid: fresh, spelt otherwise/g, 'id: new, spelt otherwise'],
  [/\bid: former/g, 'id: held before'],
  [/\bid: fresh/g, 'id: new'],
]

/** The input part of a cell, for readers; empty where the request carries nothing that matters. */
export function inputInWords(input: string): string {
  return INPUTS.reduce((text, [pattern, words]) => text.replace(pattern, words), input)
}
