import type { Retries, RetryDivergenceEntry, RetryExperiment } from './retries.ts'

/** One row of the table: a call in a state, what got lost, and what came of it under each policy. */
export interface RetryRow {
  readonly kinds: readonly string[]
  readonly call: string
  readonly state: string
  readonly lost: string
  /** By policy, in words; a policy that was not tried is absent. Of a secondary writes know nothing. */
  readonly outcomes: Readonly<Partial<Record<'none' | 'default', string>>>
}

const LOST: Readonly<Record<RetryExperiment['lost'], string>> = {
  request: 'request',
  answer: 'answer',
  half: 'half the answer',
}

/** The table: kinds that come out alike share a row. */
export function retryRows({ experiments }: Pick<Retries, 'experiments'>): readonly RetryRow[] {
  const rows = new Map<string, RetryRow>()
  const usual = experiments.filter(({ policy }) => policy !== 'to-secondary')
  for (const each of Map.groupBy(usual, rowOf).values()) {
    const { kind, call, state, lost, everyTime } = each[0]!
    const outcomes = Object.fromEntries(each.map((one) => [one.policy, outcomeText(one)]))
    const row = { call, state, lost: `${LOST[lost]}${everyTime ? ALWAYS : ''}`, outcomes }
    const key = JSON.stringify(isRead(call) ? { ...row, call: 'read' } : row)
    rows.set(key, { ...row, call: isRead(call) ? 'reading' : call, kinds: [...(rows.get(key)?.kinds ?? []), kind] })
  }
  return [...rows.values()].sort((a, b) => Number(a.lost.endsWith(ALWAYS)) - Number(b.lost.endsWith(ALWAYS)))
}

const ALWAYS = ', every time'

function rowOf({ kind, call, state, lost, everyTime }: RetryExperiment): string {
  return [kind, call, state, lost, everyTime].join(' ')
}

function isRead(call: string): boolean {
  return call.startsWith('get')
}

/** How many requests, what the caller sees, and the state of the lease afterwards. */
export function outcomeText(experiment: RetryExperiment): string {
  const { tries, after, surprise } = experiment
  const asked = tries.length === 0 ? 'nothing sent' : tries.length === 1 ? '1 request' : `${tries.length} requests`
  const told = surprise === undefined ? endingText(experiment) : `${endingText(experiment)}, ${SURPRISES[surprise]}`
  return [asked, told, after.state ?? 'unknown'].join('; ')
}

const SURPRISES: Readonly<Record<NonNullable<RetryExperiment['surprise']>, string>> = {
  'refused though done': 'though it was done',
  'unknown though done': 'though it was done',
  'done though unheard': 'though no whole answer came',
}

/** What the caller sees. */
export function endingText({ ended }: RetryExperiment): string {
  if (ended.with === 'result') return 'result'
  return ended.status === undefined ? ended.error : `${ended.status} ${ended.code ?? ended.error}`
}

/** Divergences that differ in nothing but policies and calls, as one, whose rule names all of them. */
export function divergenceGroups(all: readonly RetryDivergenceEntry[]): readonly RetryDivergenceEntry[] {
  const alike = Map.groupBy(all, (each) => [standingOf(each), each.field, each.observed, each.known].join('\0'))
  return [...alike.values()].flatMap((group) => {
    const parts = group.map(({ rule }) => rule.split('.'))
    if (parts.some(({ length }) => length !== parts[0]!.length)) return group
    const rule = parts[0]!.map((_, place) => [...new Set(parts.map((each) => each[place]!))].join('|')).join('.')
    const expected = [...new Set(group.map((each) => each.expected))].join(', or ')
    return [{ ...group[0]!, rule, expected, seen: group.reduce((sum, { seen }) => sum + seen, 0) }]
  })
}

/** Whether a divergence is new, known, or nothing that anybody promised: then it is a finding, and fails no run. */
export function standingOf({ known, level }: RetryDivergenceEntry): 'NEW' | 'known' | 'finding' {
  if (known !== undefined) return 'known'
  return level === 'settled' || level === 'documented' ? 'NEW' : 'finding'
}

/** Per gap between two tries the shortest and the longest pause, in seconds, where every try was in vain. */
export function pauses({
  experiments,
}: Pick<Retries, 'experiments'>): readonly (readonly [least: number, most: number])[] {
  const runs = experiments
    .filter(({ everyTime, call }) => everyTime && !isRead(call))
    .map(({ tries }) => tries.slice(1).map(({ afterSeconds }) => afterSeconds))
  const longest = Math.max(0, ...runs.map(({ length }) => length))
  return Array.from({ length: longest }, (_, gap) => {
    const seen = runs.flatMap((run) => run[gap] ?? [])
    return [Math.min(...seen), Math.max(...seen)] as const
  })
}

/** Pauses in words: `15 to 18 s, 21 s`. */
export function pausesText(all: readonly (readonly [number, number])[]): string {
  return all.map(([least, most]) => (most - least < 0.5 ? `${least} s` : `${least} to ${most} s`)).join(', ')
}

/** What surprises, by kind of surprise: the calls that it was seen with. */
export function surprisesIn({ experiments }: Pick<Retries, 'experiments'>) {
  const surprising = experiments.filter((each) => each.surprise !== undefined)
  return [...Map.groupBy(surprising, ({ surprise, policy }) => `${surprise} ${policy}`).values()].map((each) => ({
    surprise: each[0]!.surprise!,
    policy: each[0]!.policy,
    calls: [...new Set(each.map(({ call }) => (isRead(call) ? 'reading' : call.split(',')[0]!)))],
    times: each.length,
  }))
}
