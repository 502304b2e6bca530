import { classOf } from '../operation.ts'
import type { ResourceKind } from '../resource.ts'
import type { Evidence, Level } from '../rules/evidence.ts'
import type { Answer, Exchange } from '../trace.ts'
import type { ClientAccount } from './client-account.ts'
import type { ClientField, ClientRule, Moment } from './client-rule.ts'
import { clientRulesFor } from './client-rules.ts'
import { expectedIn, isOwnRefusal, isTold, observedIn, type Seen, satisfies } from './client-view.ts'

/** A field that does not hold what the client's rules ask for. */
export interface ClientDivergence {
  readonly rule: string
  readonly field: ClientField
  readonly expected: string
  /** Said without ids and times, so that the same defect reads the same in every run. */
  readonly observed: string
  readonly level: Level
  readonly evidence: readonly Evidence[]
}

export interface ClientJudgement {
  readonly divergences: readonly ClientDivergence[]
  /** How many fields were compared, by how sure we are of what they should hold. */
  readonly judged: Readonly<Record<Level, number>>
}

/** Judges what a client did for one call on a resource of a kind: what it sent, and what it made of the answer. */
export function judgeClient(
  account: ClientAccount,
  exchanges: readonly Exchange[],
  kind: ResourceKind,
): ClientJudgement {
  const rules = clientRulesFor(kind, classOf(account.asked.name))
  const seen: Seen = { kind, account, exchanges }
  const divergences: ClientDivergence[] = []
  const judged = { settled: 0, documented: 0, inferred: 0, open: 0 }
  const holds = (rule: ClientRule): boolean => {
    const { id, field, expect } = rule
    judged[expect.level]++
    if (expect.values.some((value) => satisfies(value, field, seen))) return true
    const { level, evidence } = expect
    divergences.push({
      rule: id,
      field,
      expected: expectedIn(rule, seen),
      observed: observedIn(rule, seen),
      level,
      evidence,
    })
    return false
  }
  const at = (moment: Moment) => rules.filter((rule) => rule.moment === moment && isTold(rule, seen))
  const judgement = { divergences, judged }

  const holdsAll = ([first, ...others]: readonly ClientRule[]) => {
    if (first !== undefined && holds(first)) others.forEach(holds)
    return judgement
  }

  // A client need not ask the service for what can only be refused.
  if (isOwnRefusal(seen)) return holdsAll(at('refuses'))
  // The first rule of a moment is about the number of requests, or about how the call ended: where it fails, the rest says no more.
  const [requests, ...sent] = at('sends')
  if (requests === undefined || !holds(requests)) return judgement
  if ((account.otherRequests ?? 0) > 0) {
    sent.filter(({ field }) => field === 'operation').forEach(holds)
    return judgement
  }
  if (exchanges.length > 0) sent.forEach(holds)
  return holdsAll(at(momentAfter(exchanges.at(-1)?.answer)))
}

function momentAfter(answer: Answer | undefined): Exclude<Moment, 'sends' | 'refuses'> {
  if (answer === undefined) return 'unheard'
  return answer.status < 300 ? 'returns' : 'throws'
}
