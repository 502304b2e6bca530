import type { ClientRule } from '../../../model/client/client-rule.ts'
import type { RetryRule } from '../../../model/client/retries/retry-rule.ts'
import { KINDS } from '../../../model/resource.ts'
import type { Evidence } from '../../../model/rules/evidence.ts'
import type { Rule } from '../../../model/rules/rule.ts'
import type { UseDescription } from '../../../model/uses.ts'
import { type FieldEntry, ruleInWords } from '../../../properties/casebook/rule-entries.ts'
import type { ShortestScenario } from '../../../properties/casebook/shortest-scenarios.ts'
import type { TwinProperty } from '../../../properties/twin.ts'
import { count } from '../../../reports/counting.ts'
import { evidenceText, sourceOf } from '../../../reports/evidence-text.ts'
import { paragraph } from '../../../reports/terminal/layout.ts'
import { commandLines, showing } from './commands.ts'
import type { RecordingExamples } from './recording-examples.ts'
import type { Topic } from './topics.ts'

/** Where the names of what is told end. */
const MARGIN = 12
/** Fields that are no headers. */
const FIELDS: ReadonlySet<string> = new Set(['status', 'code', 'lease', 'deadline'])

/** What is known of a topic, in the words of the almanac, with the scenario that shows it and who is known to differ. */
export function topicLines(
  topic: Topic,
  scenario: ShortestScenario | undefined,
  recordings: RecordingExamples,
): readonly string[] {
  return [
    topic.id,
    ...linesOf(topic),
    ...recordingLines(topic.id, recordings),
    ...(scenario === undefined ? [] : commandLines(showing(scenario.token, scenario.version), MARGIN, '  shown by')),
    ...topic.targets.flatMap(({ target, sentence, replay }) => [
      ...told('known', `${target}: ${sentence}`),
      ...commandLines(replay, MARGIN),
    ]),
  ]
}

/** Public recordings in which a rule was seen to decide, with the first to look at. */
function recordingLines(rule: string, recordings: RecordingExamples): readonly string[] {
  const found = Object.hasOwn(recordings, rule) ? recordings[rule]! : undefined
  if (found === undefined || found.exchanges === 0) return []
  const [repository, path] = found.examples[0]?.split(/:(.*)/s) ?? []
  const example = repository === undefined ? '' : `, e.g. in ${repository}:`
  return [
    ...told('recorded', `decided ${count(found.exchanges, 'exchange')} of public recordings${example}`),
    // A path that is broken cannot be copied.
    ...(path === undefined ? [] : [`${' '.repeat(MARGIN)}${path}`]),
  ]
}

/** Where the evidence of some topics can be read, each source once. */
export function sourceLines(evidence: readonly Evidence[]): readonly string[] {
  const sources = evidence.map(sourceOf)
  const places = new Map(sources.flatMap(({ title, where }) => (where === '' ? [] : [[title, where] as const])))
  return places.size === 0
    ? []
    : ['sources', ...[...places].flatMap(([title, where]) => [...paragraph(title, 4, '  -'), `    ${where}`])]
}

export function evidenceOf(topic: Topic): readonly Evidence[] {
  switch (topic.about) {
    case 'server':
      return topic.rule.expect.flatMap(({ status, code, headers, next, clock }) =>
        [status, code, ...headers, next, clock].flatMap(({ evidence }) => evidence),
      )
    case 'client':
    case 'retries':
      return topic.rule.expect.evidence
    case 'property':
      return topic.property.evidence
    case 'operation':
      return []
    default:
      return topic satisfies never
  }
}

function linesOf(topic: Topic): readonly string[] {
  switch (topic.about) {
    case 'server':
      return serverLines(topic.rule)
    case 'client':
      return clientLines(topic.rule)
    case 'retries':
      return retryLines(topic.rule)
    case 'property':
      return propertyLines(topic.property)
    case 'operation':
      return operationLines(topic.use)
    default:
      return topic satisfies never
  }
}

function serverLines(rule: Rule): readonly string[] {
  const { about, when, outcomes, otherwise } = ruleInWords(rule)
  return [
    ...told('for', about),
    ...told('when', when.length === 0 ? 'always' : when.join('; ')),
    ...(outcomes.length === 0 ? told('then', 'nothing stands in the way') : []),
    ...outcomes.flatMap((fields, at) => [...(at === 0 ? [] : ['  or']), ...fields.flatMap(fieldLines)]),
    ...(otherwise === undefined ? [] : told('or else', otherwise)),
  ]
}

/** What a field holds, how sure it is, and why; the reasons that the field before has as well are not said again. */
function fieldLines(field: FieldEntry, at: number, all: readonly FieldEntry[]): readonly string[] {
  const { field: name, holds, level, evidence } = field
  const [label, text] = FIELDS.has(name) ? [name, holds] : ['header', `${name}: ${holds}`]
  const reasons = reasonLines(evidence)
  if (reasons.length === 0) return told(label, `${text} (${level === 'open' ? 'open: nobody knows' : level})`)
  const before = all[at - 1]
  const isSame = before?.level === level && reasonLines(before.evidence).join() === reasons.join()
  return isSame ? told(label, `${text} (${level}, likewise)`) : [...told(label, `${text} (${level})`), ...reasons]
}

function reasonLines(evidence: readonly Evidence[]): readonly string[] {
  return evidence.flatMap((each) => paragraph(evidenceText(each), MARGIN + 2, `${' '.repeat(MARGIN)}-`))
}

function clientLines({ of, kind, moment, field, expect }: ClientRule): readonly string[] {
  return [
    ...told('for', `a client library that is called for ${of} on a ${KINDS[kind].noun}`),
    ...told('when', MOMENTS_IN_WORDS[moment]),
    ...told('then', `${field}: ${expect.values.join(' or ')} (${expect.level})`),
    ...reasonLines(expect.evidence),
  ]
}

function retryLines({ of, policy, field, expect }: RetryRule): readonly string[] {
  return [
    ...told('for', `a client library that is called for ${of}, and whose requests or answers get lost`),
    ...told('when', POLICIES_IN_WORDS[policy]),
    ...told('then', `${field}: ${expect.values.join(' or ')} (${expect.level})`),
    ...reasonLines(expect.evidence),
  ]
}

const POLICIES_IN_WORDS = {
  none: 'it is told not to try again',
  default: 'it tries again as it does by itself',
  'to-secondary': 'it tries again, and may read from the secondary',
} as const satisfies Record<RetryRule['policy'], string>

const MOMENTS_IN_WORDS = {
  sends: 'it sends its request',
  returns: 'the service answers that it is done',
  throws: 'the service refuses',
  unheard: 'no answer comes',
  refuses: 'it sends nothing, since an argument is invalid',
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

function told(name: string, text: string): readonly string[] {
  return paragraph(text, MARGIN, `  ${name}`)
}
