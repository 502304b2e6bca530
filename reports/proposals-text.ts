import { count } from './counting.ts'
import type { Proposal, Proposals } from './proposals.ts'

/** Whether the answer says anything of what was asked. */
export function isTelling({ fields }: Proposal): boolean {
  return fields.some(({ result }) => result !== 'not shown')
}

/** What was answered, and what was read back: `412 LeaseIdMissing; then 200, x-ms-lease-state leased`. */
export function answerText({ answer, readBack }: Pick<Proposal, 'answer' | 'readBack'>): string {
  return [answer, ...readBack].map(oneAnswer).join('; then ')
}

const SHOWN = ['x-ms-lease-state', 'x-ms-lease-time']

function oneAnswer({ status, code, headers }: Proposal['answer']): string {
  const shown = SHOWN.flatMap((name) => (headers[name] === undefined ? [] : [`, ${name} ${headers[name]}`]))
  return `${status}${code === undefined ? '' : ` ${code}`}${shown.join('')}`
}

/** What an answer says of a field: `code: LeaseLost, one of LeaseLost, LeaseIdMissing`. */
export function fieldText({ field, observed, plausible, result }: Proposal['fields'][number]): string {
  const held = plausible.join(', ')
  switch (result) {
    case 'confirmed':
      return `${field}: ${observed}, as deduced`
    case 'chosen':
      return `${field}: ${observed}, one of: ${held}`
    case 'contradicted':
      return `${field}: ${observed}, not as deduced: ${held}`
    case 'not shown':
      return `${field}: not shown`
    default:
      return result satisfies never
  }
}

/** How many gaps were answered, and what the answers say. */
export function tally({ proposals, unanswered }: Pick<Proposals, 'proposals' | 'unanswered'>): string {
  const answered = new Set(proposals.map(({ gap }) => gap)).size
  const fields = proposals.flatMap((each) => each.fields)
  const of = (result: Proposal['fields'][number]['result']) => fields.filter((each) => each.result === result).length
  return `${count(answered, 'gap')} answered, ${unanswered.length} not; of their fields ${of('confirmed')} confirm what was deduced, ${of('chosen')} choose among plausible values, ${of('contradicted')} contradict, ${of('not shown')} were not shown.`
}
