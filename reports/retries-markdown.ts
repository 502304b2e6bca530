import { count } from './counting.ts'
import { code, documentOf, plain, table } from './markdown-text.ts'
import type { Retries, RetryDivergenceEntry } from './retries.ts'
import {
  divergenceGroups,
  pauses,
  pausesText,
  type RetryRow,
  retryRows,
  standingOf,
  surprisesIn,
} from './retries-rows.ts'

/** What a client library does when requests and answers get lost, as a document of its own. */
export function renderRetriesMarkdown(retries: Retries): string {
  const { client, target, experiments } = retries
  return documentOf([
    ['# Lost requests and answers'],
    [
      `${plain(client)} against ${plain(target.name)} ${plain(target.version)}, ${count(experiments.length, 'experiment')}.`,
    ],
    ...retrySections(retries),
  ])
}

/** The parts of the document: what is told first, what diverges, the table. */
export function retrySections(retries: Retries): readonly (readonly string[])[] {
  return [factsIn(retries).map((each) => `- ${each}`), divergenceLines(retries), retryTable(retryRows(retries))]
}

/** What the experiments show, in sentences. */
export function factsIn(retries: Retries): readonly string[] {
  const { experiments, logging } = retries
  const most = Math.max(0, ...experiments.filter(({ policy }) => policy === 'default').map(({ tries }) => tries.length))
  const between = pausesText(pauses(retries))
  const once = Math.max(0, ...experiments.filter(({ policy }) => policy === 'none').map(({ tries }) => tries.length))
  const away = experiments.filter(({ tries }) => tries.some(({ host }) => host === 'secondary'))
  const strayed = away.filter(({ call }) => !call.startsWith('get'))
  return [
    `By default a call sends at most ${count(most, 'request')}${between === '' ? '' : `; the pauses between them: ${between}`}.`,
    `Told not to try again it sends ${once === 1 ? 'one request' : `up to ${count(once, 'request')}`}.`,
    ...(experiments.some(({ policy }) => policy === 'to-secondary')
      ? [
          `Told to read from the secondary too, it sends ${away.length > strayed.length ? 'reads there' : 'no read there'} and ${strayed.length === 0 ? 'no lease operation' : 'lease operations too'}.`,
        ]
      : []),
    ...proposals(retries),
    ...surprisesIn(retries).map(surpriseText),
    ...(logging === undefined ? [] : [loggingText(logging)]),
  ]
}

/** Whether a library stays with the lease id that it proposed first. */
function proposals({ experiments }: Retries): readonly string[] {
  const again = experiments.filter(({ call, tries }) => call.startsWith('acquire') && tries.length > 1)
  if (again.length === 0) return []
  const changing = again.filter(({ tries }) => new Set(tries.map((each) => each.proposedLeaseId)).size > 1)
  return [
    changing.length === 0
      ? 'All requests of one acquire propose the same lease id.'
      : `Requests of one acquire propose different lease ids (${count(changing.length, 'experiment')}).`,
  ]
}

const TOLD = {
  'refused though done': 'is told of a refusal, though the first try had done it',
  'unknown though done': 'is told that the connection failed, though the server had done it',
  'done though unheard': 'is told that it is done, though half an answer came and no more',
} as const

function surpriseText({ surprise, policy, calls, times }: ReturnType<typeof surprisesIn>[number]): string {
  const under = { none: 'without retries', default: 'by default', 'to-secondary': 'with a secondary' }[policy]
  return `Who calls ${calls.join(', ')} ${under} ${TOLD[surprise]} (${count(times, 'experiment')}).`
}

function loggingText({ calls, characters, secrets }: NonNullable<Retries['logging']>): string {
  const found = secrets.length === 0 ? 'neither key, signature nor token' : secrets.join(', ')
  return `With all its logging on it wrote ${count(characters, 'character')} for ${count(calls, 'call')}; ${found} ${secrets.length > 0 ? 'in them' : 'was in them'}.`
}

function divergenceLines({ divergences }: Retries): readonly string[] {
  return divergenceGroups(divergences).map((each) => `- ${divergenceText(each)}`)
}

function divergenceText(divergence: RetryDivergenceEntry): string {
  const { rule, expected, observed, level, known, seen, example } = divergence
  const title = `${code(rule)}: expected ${plain(expected)}, observed ${plain(observed)}`
  const said = known === undefined ? '' : ` ${plain(known)}`
  return `${standingOf(divergence)}: ${title} (${level}; ${count(seen, 'experiment')}, e.g. ${plain(example)}).${said}`
}

/** A table of the rows; policies that come to the same in all rows need no column. */
export function retryTable(rows: readonly RetryRow[]): readonly string[] {
  return table(
    ['kinds', 'call', 'lease before', 'lost', 'no retries', 'default'],
    rows.map(({ kinds, call, state, lost, outcomes }) => [
      kinds.join(', '),
      code(call),
      state,
      lost,
      plain(outcomes.none ?? ''),
      plain(outcomes.default ?? ''),
    ]),
  )
}
