import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClientAccount } from '../model/client/client-account.ts'
import { isClientRule } from '../model/client/client-rules.ts'
import { honestAccount } from '../model/client/honest-client.ts'
import { compile } from '../model/compiled-rules.ts'
import { judge, type Verdict } from '../model/judge.ts'
import { operation } from '../model/operation.ts'
import { RULES } from '../model/rules/index.ts'
import { isWait } from '../model/scenario.ts'
import { at } from '../model/time.ts'
import type { Exchange, Trace, TraceStep } from '../model/trace.ts'
import { scenarios } from './arbitraries.ts'
import { simulate } from './simulation.ts'

const rules = compile(RULES)
const OWN = '11111111-1111-4111-8111-111111111111'
const OTHER = '22222222-2222-4222-8222-222222222222'
/** Without files, since a client that is asked to renew the lease of a file should send nothing. */
const KINDS = ['blob', 'container', 'share'] as const

/** True traces: a server that keeps the rules, and a client that does. */
const traces = scenarios(rules, KINDS).map((scenario): Trace => {
  const { trace } = simulate(rules, rules, scenario)
  const steps = trace.map((step) => {
    const [exchange] = step.exchanges
    return exchange === undefined ? step : { ...step, client: honestAccount(exchange, OWN) }
  })
  return { clock: { kind: 'virtual', drift: 0 }, world: scenario.world, steps }
})

/** A lie about one step: undefined where the step gives no occasion for it. */
type Lie = (exchange: Exchange, client: ClientAccount) => Partial<TraceStep> | undefined

/** Each lie, and how the rules end that it breaks. */
const LIES: Readonly<Record<string, readonly [breaks: string, lie: Lie]>> = {
  'sends nothing': ['sends.requests', () => ({ exchanges: [] })],
  'sends everything twice': ['sends.requests', (exchange) => ({ exchanges: [exchange, exchange] })],
  'hands out no lease id': [
    'returns.lease-id',
    ({ answer }, client) => {
      if (answer?.headers['x-ms-lease-id'] === undefined || client.returned.kind !== 'returned') return undefined
      const { 'x-ms-lease-id': _dropped, ...headers } = client.returned.headers
      return { client: { ...client, returned: { ...client.returned, headers } } }
    },
  ],
  'misreads a code': [
    'throws.code',
    ({ answer }, client) => {
      if (answer?.code === undefined || client.returned.kind !== 'threw') return undefined
      return { client: { ...client, returned: { ...client.returned, code: 'InternalError' } } }
    },
  ],
  'hides a refusal': [
    'throws.outcome',
    ({ answer }, client) => {
      if (answer === undefined || answer.status < 400) return undefined
      return { client: { ...client, returned: { kind: 'returned', status: 200, headers: {} } } }
    },
  ],
  'throws for nothing': [
    'returns.outcome',
    ({ answer }, client) => {
      if (answer === undefined || answer.status >= 300) return undefined
      return { client: { ...client, returned: { kind: 'threw', because: 'accident', errorName: 'TypeError' } } }
    },
  ],
  'keeps the id from before a change': [
    'change.returns.remembered-lease-id',
    ({ operation: { name }, answer }, client) => {
      if (name !== 'change' || answer === undefined || answer.status >= 300) return undefined
      return { client: { ...client, remembered: { before: OWN, after: OWN } } }
    },
  ],
  'sends another id than it was asked to': [
    'sends.lease-id',
    ({ operation: { leaseId } }, client) => {
      if (leaseId.given !== 'guid') return undefined
      const asked = operation(client.asked.name, client.asked.on, { leaseId: OTHER })
      return { client: { ...client, asked: { ...client.asked, leaseId: asked.leaseId } } }
    },
  ],
}

function divergencesIn({ steps }: Verdict) {
  return steps.flatMap(({ divergences }, place) => divergences.map(({ rule }) => ({ rule, place })))
}

test('an honest client is never accused', () => {
  fc.assert(
    fc.property(traces, (trace) => {
      expect(divergencesIn(judge(rules, trace))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test.each(Object.entries(LIES))(
  'a client that %s is accused of that, and the server of nothing',
  (_, [breaks, lie]) => {
    let told = 0
    fc.assert(
      fc.property(traces, fc.nat(), (trace, where) => {
        const liable = trace.steps.flatMap((step, place) => {
          const [exchange] = step.exchanges
          const lied = isWait(step.call) || exchange === undefined ? undefined : lie(exchange, step.client!)
          return lied === undefined ? [] : [{ place, step: { ...step, ...lied } }]
        })
        const chosen = liable[where % Math.max(1, liable.length)]
        if (chosen === undefined) return
        told++
        const steps = trace.steps.with(chosen.place, chosen.step)
        const verdict = judge(rules, { ...trace, steps })
        const own = divergencesIn(verdict).filter(({ rule }) => isClientRule(rule))
        expect(own).toEqual([{ rule: expect.stringMatching(new RegExp(`${breaks}$`)), place: chosen.place }])
        if (chosen.step.exchanges.length === 1) {
          expect(divergencesIn(verdict)).toEqual(own)
          expect(verdict.end).toBe('complete')
        }
      }),
      { numRuns: 100, seed: 1 },
    )
    expect(told).toBeGreaterThan(0)
  },
)

test('a request to nobody knows where ends what can be said', () => {
  const world = [{ name: 'it', kind: 'container', condition: 'present' }] as const
  const asked = operation('deleteContainer', 'it')
  const exchange: Exchange = { operation: asked, window: at(0), answer: { status: 202, headers: {} } }
  const client = { ...honestAccount(exchange, OWN), otherRequests: 1 }
  const call = { do: 'deleteContainer', on: 'it' } as const
  const trace: Trace = {
    clock: { kind: 'virtual', drift: 0 },
    world,
    steps: [
      { call, exchanges: [], client },
      { call, exchanges: [exchange] },
    ],
  }
  const { end, steps } = judge(rules, trace)
  expect(end).toBe('ended')
  expect(steps.map(({ divergences }) => divergences.map(({ rule }) => rule))).toEqual([
    ['client.container.delete.sends.operation'],
  ])
})
