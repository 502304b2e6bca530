import type { ResourceKind } from '../../model/resource.ts'
import type { Case } from '../../properties/casebook/casebook.ts'
import type { Facts } from '../../properties/casebook/moment.ts'
import { plain, table } from '../markdown-text.ts'
import type { AlmanacData } from './almanac-data.ts'

/** A row of the overview: an operation with one relation of the ids that it carries. */
interface Row {
  readonly title: string
  readonly of: string
  readonly fits: (facts: Facts) => boolean
}

const VALID_DURATIONS = ['shortest', 'between', 'longest', 'infinite']

const ACTION_ROWS: readonly Row[] = [
  { title: 'acquire, no proposed id', of: 'acquire', fits: (facts) => proposes(facts, 'none') },
  { title: 'acquire, proposing the held id', of: 'acquire', fits: (facts) => proposes(facts, 'held') },
  { title: 'acquire, proposing another id', of: 'acquire', fits: (facts) => proposes(facts, 'fresh') },
  { title: 'renew, held id', of: 'renew', fits: ({ leaseId }) => leaseId === 'held' },
  { title: 'renew, another id', of: 'renew', fits: ({ leaseId }) => leaseId === 'fresh' },
  { title: 'change, held id to another', of: 'change', fits: (facts) => changes(facts, 'held', 'fresh') },
  { title: 'change, another id to the held one', of: 'change', fits: (facts) => changes(facts, 'fresh', 'held') },
  { title: 'change, another id to another', of: 'change', fits: (facts) => changes(facts, 'fresh', 'fresh') },
  { title: 'release, held id', of: 'release', fits: ({ leaseId }) => leaseId === 'held' },
  { title: 'release, another id', of: 'release', fits: ({ leaseId }) => leaseId === 'fresh' },
  { title: 'break, no period', of: 'break', fits: (facts) => breaks(facts, 'absent') },
  { title: 'break, period 0', of: 'break', fits: (facts) => breaks(facts, 'zero') },
  { title: 'break, a period shorter than the time left', of: 'break', fits: (facts) => breaks(facts, 'shorter') },
  { title: 'break, a period longer than the time left', of: 'break', fits: (facts) => breaks(facts, 'longer') },
]

function proposes({ proposedLeaseId, duration }: Facts, relation: string): boolean {
  return proposedLeaseId === relation && VALID_DURATIONS.includes(duration)
}

function changes({ leaseId, proposedLeaseId }: Facts, from: string, to: string): boolean {
  return leaseId === from && proposedLeaseId === to
}

function breaks({ leaseId, breakPeriod }: Facts, period: string): boolean {
  return leaseId === 'none' && breakPeriod === period
}

/** The classes of uses in the overview; one operation of a class answers for all. */
const USE_CLASSES = [
  'observe',
  'read',
  'write',
  'append',
  'create',
  'stage',
  'mark',
  'snapshot',
  'copy',
  'rename',
  'delete',
] as const

const STATES = ['available', 'leased', 'breaking', 'broken', 'expired'] as const

/** What every operation answers in every state, in two tables: the answers people look for first. */
export function overview(kind: ResourceKind, { cases }: AlmanacData): readonly string[] {
  const own = cases.filter((each) => each.kind === kind && each.isPlain && each.facts.stray === 'none')
  const states = STATES.filter((state) =>
    own.some(({ facts }) => facts.existence === 'present' && facts.state === state),
  )
  return [
    '## Lease operations at a glance',
    '',
    'What a lease operation answers in each state, and the state afterwards where it is another. `or` stands between answers where it is not known which, or where the duration of the lease decides; the pages above tell.',
    '',
    ...table(['', ...states], rowsOf(ACTION_ROWS, own, states)),
    '',
    '## Other operations at a glance',
    '',
    ...table(['', ...states], rowsOf(useRows(own), own, states)),
  ]
}

function useRows(own: readonly Case[]): readonly Row[] {
  return USE_CLASSES.flatMap((of) => {
    const title = own.find((each) => each.of === of)?.title
    if (title === undefined) return []
    const row = (id: string, words: string): Row => ({
      title: `${title}, ${words}`,
      of,
      fits: ({ leaseId }) => leaseId === id,
    })
    return [row('none', 'no id'), row('held', 'held id'), row('fresh', 'another id')]
  })
}

function rowsOf(rows: readonly Row[], own: readonly Case[], states: readonly string[]): string[][] {
  return rows.flatMap(({ title, of, fits }) => {
    const cells = states.map((state) => {
      const those = own.filter(
        (each) =>
          each.of === of && each.facts.existence === 'present' && each.facts.state === state && fits(each.facts),
      )
      return plain([...new Set(those.map(answerText))].join(' or '))
    })
    return cells.every((cell) => cell === '') ? [] : [[plain(title), ...cells]]
  })
}

function answerText({ answers, leaseBefore, leaseAfter }: Case): string {
  const then = leaseBefore === leaseAfter ? '' : `, then ${leaseAfter === 'absent' ? 'deleted' : leaseAfter}`
  return `${answers}${then}`
}
