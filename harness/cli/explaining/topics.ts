import type { ClientRule } from '../../../model/client/client-rule.ts'
import { CLIENT_RULES } from '../../../model/client/client-rules.ts'
import type { RetryRule } from '../../../model/client/retries/retry-rule.ts'
import { RETRY_RULES } from '../../../model/client/retries/retry-rules.ts'
import { implementationRule } from '../../../model/judge.ts'
import type { OperationClass, OperationName } from '../../../model/operation.ts'
import { KINDS, RESOURCE_KINDS, type ResourceKind } from '../../../model/resource.ts'
import { RULES } from '../../../model/rules/index.ts'
import type { Rule } from '../../../model/rules/rule.ts'
import { eraOf, NEWEST_VERSION } from '../../../model/service-version.ts'
import { USES, type Use, type UseDescription } from '../../../model/uses.ts'
import { ruleInWords } from '../../../properties/casebook/rule-entries.ts'
import { TWIN_PROPERTIES, TWIN_PROPERTY_NAMES, type TwinProperty } from '../../../properties/twin.ts'
import { type KnownDivergence, knownDivergences } from './known-divergences.ts'
import type { Question } from './question.ts'
import { type Entry, entryOf, type Hit, search } from './search.ts'

/** Something that a divergence can be about. */
export type Topic = { readonly id: string; readonly targets: readonly KnownDivergence[] } & (
  | { readonly about: 'server'; readonly rule: Rule }
  | { readonly about: 'client'; readonly rule: ClientRule }
  | { readonly about: 'retries'; readonly rule: RetryRule }
  | { readonly about: 'property'; readonly property: TwinProperty }
  | { readonly about: 'operation'; readonly use: UseDescription }
)

/**
 * The topics of a question. What is no rule of the server's comes where a word names it, or where no such rule fits: most
 * questions are about the service.
 */
export function topicsFor(question: Question): readonly Hit<Topic>[] {
  const { server, others } = topicEntries()
  const found = search(server, question)
  const isNamed = /client|property|implements/i.test(question.said)
  const more = isNamed || found.length === 0 ? search(others, question) : []
  return [...found, ...more].sort((a, b) => b.score - a.score)
}

interface TopicEntries {
  readonly server: readonly Entry<Topic>[]
  readonly others: readonly Entry<Topic>[]
}

/** Every topic, made once and kept. */
export function topicEntries(): TopicEntries {
  if (entries === undefined) {
    const known = Map.groupBy(knownDivergences(), ({ rule }) => rule)
    entries = {
      server: serverEntries(known),
      others: [...clientEntries(known), ...retryEntries(), ...propertyEntries(known), ...operationEntries(known)],
    }
  }
  return entries
}

let entries: TopicEntries | undefined

/** The operations of some classes on a kind of resource. */
export function operationsIn(kind: ResourceKind, classes: readonly OperationClass[]): readonly OperationName[] {
  return (Object.keys(USES) as Use[]).filter((name) => USES[name].kind === kind && classes.includes(USES[name].class))
}

type Known = ReadonlyMap<string, readonly KnownDivergence[]>

function serverEntries(known: Known): readonly Entry<Topic>[] {
  return RULES.map((rule) => {
    const { id, kind, layer, classes, when, expect } = rule
    const codes = expect.flatMap(({ code }) => code.values)
    const headers = expect.flatMap((outcome) =>
      outcome.headers.flatMap(({ header, from, before }) => [header, from, before]),
    )
    const statuses = expect.flatMap(({ status }) => status.values)
    const { about, when: conditions } = ruleInWords(rule)
    return entryOf<Topic>(
      { about: 'server', id, rule, targets: known.get(id) ?? [] },
      {
        id,
        title: [id, KINDS[kind].noun, ...classes, ...codes, ...(when.state?.length === 1 ? when.state : [])].join(' '),
        text: [layer, about, ...conditions, ...Object.values(when).flat(), ...statuses, ...headers].join(' '),
        operations: operationsIn(kind, classes),
        plainness: plainnessOf(rule),
      },
    )
  })
}

/**
 * What is answered comes before that nothing stands in the way, what becomes of leases before faults of requests, usual
 * requests and today's versions before the others, and what is about few operations before what is about many.
 */
function plainnessOf({ id, classes, expect, layer, when: { era } }: Rule): number {
  const isOdd = /spelt-otherwise|stray|empty|malformed/.test(id)
  const isOld = era?.includes(eraOf(NEWEST_VERSION)) === false
  const ofLease = layer === 'lease' || layer === 'transition'
  const points = [expect.length > 0, expect.length > 0, ofLease, ofLease, !isOdd, !isOld].filter(Boolean).length
  return points / 10 + 1 / (10 * classes.length)
}

function clientEntries(known: Known): readonly Entry<Topic>[] {
  return CLIENT_RULES.map((rule) => {
    const { id, kind, of, moment, field, expect } = rule
    return entryOf<Topic>(
      { about: 'client', id, rule, targets: known.get(id) ?? [] },
      {
        id,
        title: [id, KINDS[kind].noun, of].join(' '),
        text: [moment, field, ...expect.values].join(' '),
        operations: operationsIn(kind, [of]),
      },
    )
  })
}

/** What clients have to do when requests and answers get lost. */
function retryEntries(): readonly Entry<Topic>[] {
  return RETRY_RULES.map((rule) => {
    const { id, policy, of, field, expect } = rule
    return entryOf<Topic>(
      { about: 'retries', id, rule, targets: [] },
      { id, title: [id, of].join(' '), text: [policy, field, ...expect.values].join(' ') },
    )
  })
}

/** A property holds of every kind of resource, and a divergence is named after the kind that it was seen on. */
function propertyEntries(known: Known): readonly Entry<Topic>[] {
  return TWIN_PROPERTY_NAMES.flatMap((name) => {
    const id = `property.${name}`
    const property = TWIN_PROPERTIES[name]
    const rules = RESOURCE_KINDS.map((kind) => `${kind}.${id}`)
    const targets = rules.flatMap((rule) => known.get(rule) ?? [])
    return entryOf<Topic>(
      { about: 'property', id, property, targets },
      { id: rules.join(' '), title: `${id} ${rules.join(' ')}`, text: property.sentence },
    )
  })
}

/** An operation that a target may not have at all. */
function operationEntries(known: Known): readonly Entry<Topic>[] {
  return Object.entries(USES).map(([name, use]) => {
    const id = implementationRule(use.kind, name as Use)
    return entryOf<Topic>(
      { about: 'operation', id, use, targets: known.get(id) ?? [] },
      { id, title: `${id} ${use.title}`, text: '', operations: [name as Use] },
    )
  })
}
