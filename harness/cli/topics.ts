import { readFileSync } from 'node:fs'
import type { ClientRule } from '../../model/client/client-rule.ts'
import { CLIENT_RULES } from '../../model/client/client-rules.ts'
import { implementationRule } from '../../model/judge.ts'
import { KINDS, RESOURCE_KINDS } from '../../model/resource.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Rule } from '../../model/rules/rule.ts'
import { USES, type Use, type UseDescription } from '../../model/uses.ts'
import { TWIN_PROPERTIES, TWIN_PROPERTY_NAMES, type TwinProperty } from '../../properties/twin.ts'
import { parseBaseline } from '../../reports/baseline.ts'
import { replayCommand } from '../../reports/replay-command.ts'
import { PINNED_AZURITE_VERSION } from '../targets/azurite.ts'
import { shippedBaselines } from './baseline-file.ts'
import { eraText } from './era-text.ts'

/** A divergence of a target that we know of. */
export interface KnownDivergence {
  readonly rule: string
  /** The target with its version, and the driver where it is not plain HTTP. */
  readonly target: string
  readonly field: string
  readonly observed: string
  readonly sentence: string
  readonly scenario: string
  /** The command that shows it. */
  readonly replay: string
}

/** Something that a divergence can be about. */
export type Topic = { readonly id: string; readonly targets: readonly KnownDivergence[] } & (
  | { readonly about: 'server'; readonly rule: Rule }
  | { readonly about: 'client'; readonly rule: ClientRule }
  | { readonly about: 'property'; readonly property: TwinProperty }
  | { readonly about: 'operation'; readonly use: UseDescription }
)

/** A topic with everything by which it can be found, in lower case. */
interface Entry {
  readonly topic: Topic
  readonly text: string
}

/**
 * What has all of the words, first what has most of them in its name. What is no rule of the server's comes where a word
 * names it, or where no such rule has the words: most questions are about the service.
 */
export function topicsFor(words: readonly string[]): readonly Topic[] {
  const known = Map.groupBy(knownDivergences(), ({ rule }) => rule)
  const found = (entries: readonly Entry[]) => entries.filter(({ text }) => words.every((word) => text.includes(word)))
  const server = found(serverEntries(known))
  const isNamed = words.some((word) => /client|property|implements/.test(word))
  const others = () => found([...clientEntries(known), ...propertyEntries(known), ...operationEntries(known)])
  const phrase = words.join('.')
  const hits = ({ id }: Topic) => [...words, phrase].filter((word) => id.toLowerCase().includes(word)).length
  return [...server, ...(isNamed || server.length === 0 ? others() : [])]
    .map(({ topic }) => topic)
    .sort((a, b) => hits(b) - hits(a))
}

type Known = ReadonlyMap<string, readonly KnownDivergence[]>

function serverEntries(known: Known): readonly Entry[] {
  return RULES.map((rule) => {
    const { id, kind, layer, classes, when, expect } = rule
    const outcomes = expect.flatMap(({ status, code, headers }) => [
      ...status.values,
      ...code.values,
      ...headers.flatMap(({ header, from, before }) => [header, from ?? '', before ?? '']),
    ])
    const { era, ...guard } = when
    const eras = era === undefined ? [] : [eraText(era)]
    const words = [id, KINDS[kind].noun, layer, ...classes, ...Object.entries(guard).flat(2), ...eras, ...outcomes]
    return { topic: { about: 'server', id, rule, targets: known.get(id) ?? [] }, text: textOf(words) }
  })
}

function clientEntries(known: Known): readonly Entry[] {
  return CLIENT_RULES.map((rule) => {
    const { id, kind, of, moment, field, expect } = rule
    const words = [id, KINDS[kind].noun, of, moment, field, ...expect.values]
    return { topic: { about: 'client', id, rule, targets: known.get(id) ?? [] }, text: textOf(words) }
  })
}

/** A property holds of every kind of resource, and a divergence is named after the kind that it was seen on. */
function propertyEntries(known: Known): readonly Entry[] {
  return TWIN_PROPERTY_NAMES.map((name) => {
    const id = `property.${name}`
    const property = TWIN_PROPERTIES[name]
    const rules = RESOURCE_KINDS.map((kind) => `${kind}.${id}`)
    const targets = rules.flatMap((rule) => known.get(rule) ?? [])
    return { topic: { about: 'property', id, property, targets }, text: textOf([...rules, property.sentence]) }
  })
}

/** An operation that a target may not have at all. */
function operationEntries(known: Known): readonly Entry[] {
  return Object.entries(USES).map(([name, use]) => {
    const id = implementationRule(use.kind, name as Use)
    return { topic: { about: 'operation', id, use, targets: known.get(id) ?? [] }, text: textOf([id, use.title]) }
  })
}

function textOf(words: readonly unknown[]): string {
  return words.join(' ').toLowerCase()
}

function knownDivergences(): readonly KnownDivergence[] {
  return shippedBaselines().flatMap(({ target: name, driver, file }) => {
    const parsed = parseBaseline(readFileSync(file, 'utf8'), file)
    if ('error' in parsed) throw new Error(parsed.error)
    const { targetVersion: version, entries } = parsed.baseline
    const target = `${name} ${version}${driver === 'rest' ? '' : `, driver ${driver}`}`
    const place = name !== 'azurite' ? [name] : version === PINNED_AZURITE_VERSION ? [] : [`azurite@${version}`]
    const repeat = [...place, ...(driver === 'rest' ? [] : ['--driver', driver])]
    return entries.map(({ rule, field, observed, sentence, scenario }) => {
      const replay = replayCommand(scenario, { repeat, target: { name, version }, driver })
      return { rule, target, field, observed, sentence, scenario, replay }
    })
  })
}
