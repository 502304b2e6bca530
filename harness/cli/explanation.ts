import type { ClientRule } from '../../model/client/client-rule.ts'
import { KINDS } from '../../model/resource.ts'
import type { Claim, Evidence } from '../../model/rules/evidence.ts'
import type { HeaderClaim, Outcome, Rule } from '../../model/rules/rule.ts'
import type { UseDescription } from '../../model/uses.ts'
import type { TwinProperty } from '../../properties/twin.ts'
import { evidenceText, sourceOf } from '../../reports/evidence-text.ts'
import { paragraph } from '../../reports/terminal/layout.ts'
import { eraText } from './era-text.ts'
import type { Topic } from './topics.ts'

/** Where the names of what is told end. */
const MARGIN = 12

/** What is known of a topic, for people; no line but a command is wider than a report's. */
export function explanation(topic: Topic): string {
  return [topic.id, ...linesOf(topic), ...topic.targets.flatMap(knownLines)].join('\n')
}

/** Where the evidence of some topics can be read, each source once. */
export function sourceLines(topics: readonly Topic[]): readonly string[] {
  const sources = topics.flatMap(evidenceOf).map(sourceOf)
  const places = new Map(sources.flatMap(({ title, where }) => (where === '' ? [] : [[title, where] as const])))
  return places.size === 0
    ? []
    : ['sources', ...[...places].flatMap(([title, where]) => [...paragraph(title, 4, '  -'), `    ${where}`])]
}

function linesOf(topic: Topic): readonly string[] {
  switch (topic.about) {
    case 'server':
      return serverLines(topic.rule)
    case 'client':
      return clientLines(topic.rule)
    case 'property':
      return propertyLines(topic.property)
    case 'operation':
      return operationLines(topic.use)
    default:
      return topic satisfies never
  }
}

function evidenceOf(topic: Topic): readonly Evidence[] {
  switch (topic.about) {
    case 'server':
      return topic.rule.expect.flatMap(({ status, code, headers, next, clock }) =>
        [status, code, ...headers, next, clock].flatMap(({ evidence }) => evidence),
      )
    case 'client':
      return topic.rule.expect.evidence
    case 'property':
      return topic.property.evidence
    case 'operation':
      return []
    default:
      return topic satisfies never
  }
}

function serverLines({ classes, kind, when, expect, also, layer }: Rule): readonly string[] {
  const { era, ...rest } = when
  const conditions = [
    ...Object.entries(rest).map(([feature, values]) => `${feature} is ${values.join(' or ')}`),
    ...(era === undefined ? [] : [eraText(era)]),
  ]
  return [
    ...told('for', `${classes.join(', ')} on a ${KINDS[kind].noun}`),
    ...told('when', conditions.length === 0 ? 'always' : conditions.join('; ')),
    ...(expect.length === 0 ? told('then', 'nothing stands in the way') : []),
    ...expect.flatMap((outcome, place) => [...(place === 0 ? [] : ['  or']), ...outcomeLines(outcome)]),
    ...(also === undefined ? [] : told('or else', alsoText(also, layer))),
  ]
}

/** Where it is not known whether the service makes a check at all, or whether it makes it first. */
function alsoText(also: NonNullable<Rule['also']>, layer: Rule['layer']): string {
  if (also === 'later refusals') return 'what a later check refuses it with'
  return layer === 'syntax' || layer === 'condition'
    ? 'as if the header had not been there'
    : 'what follows if nothing stands in the way here'
}

function outcomeLines({ status, code, headers, next, clock }: Outcome): readonly string[] {
  const claims: readonly (readonly [name: string, claimed: Claim<unknown>, said?: string])[] = [
    ['status', status],
    ...(code.values[0] === 'none' ? [] : [['code', code] as const]),
    ...headers.map((each) => ['header', each, headerText(each)] as const),
    ['lease', next],
    ...(next.values[0] === 'stays' ? [] : [['deadline', clock] as const]),
  ]
  return claims.flatMap(([name, claimed, said = claimed.values.join(' or ')], place) =>
    claimLines(name, said, claimed, claims[place - 1]?.[1]),
  )
}

function headerText({ header, values, from, before }: HeaderClaim): string {
  const since = from === undefined ? '' : `, from version ${from} on`
  const until = before === undefined ? '' : `, before version ${before}`
  return `${header}: ${values.join(' or ')}${since}${until}`
}

/** What is claimed, how sure it is, and why; the reasons that the claim before has as well are not said again. */
function claimLines(
  name: string,
  said: string,
  { level, evidence }: Claim<unknown>,
  previous?: Claim<unknown>,
): readonly string[] {
  const reasons = reasonLines(evidence)
  if (reasons.length === 0) return told(name, `${said} (${level === 'open' ? 'open: nobody knows' : level})`)
  const isSame = previous?.level === level && reasonLines(previous.evidence).join() === reasons.join()
  return isSame ? told(name, `${said} (${level}, likewise)`) : [...told(name, `${said} (${level})`), ...reasons]
}

function reasonLines(evidence: readonly Evidence[]): readonly string[] {
  return evidence.flatMap((each) => paragraph(evidenceText(each), MARGIN + 2, `${' '.repeat(MARGIN)}-`))
}

function clientLines({ of, kind, moment, field, expect }: ClientRule): readonly string[] {
  return [
    ...told('for', `a client library that is called for ${of} on a ${KINDS[kind].noun}`),
    ...told('when', MOMENTS_IN_WORDS[moment]),
    ...claimLines('then', `${field}: ${expect.values.join(' or ')}`, expect),
  ]
}

const MOMENTS_IN_WORDS = {
  sends: 'it sends its request',
  returns: 'the service answers that it is done',
  throws: 'the service refuses',
  unheard: 'no answer comes',
} as const satisfies Record<ClientRule['moment'], string>

function propertyLines({ sentence, otherwise, evidence }: TwinProperty): readonly string[] {
  return [
    ...told('for', 'a server that is compared with itself: two scenarios that it has to answer alike'),
    ...told('then', sentence),
    ...reasonLines(evidence),
    ...told('said as', `expected ..., as ${otherwise}`),
  ]
}

function operationLines({ kind, title }: UseDescription): readonly string[] {
  return [
    ...told('for', `${title} on a ${KINDS[kind].noun}`),
    ...told('then', 'the operation is part of the service: an answer of 501 says that the target does not have it'),
  ]
}

function knownLines({ target, sentence, replay }: Topic['targets'][number]): readonly string[] {
  return [...told('known', `${target}: ${sentence}`), `${' '.repeat(MARGIN)}${replay}`]
}

function told(name: string, text: string): readonly string[] {
  return paragraph(text, MARGIN, `  ${name}`)
}
