import type { Moment } from '../../../properties/casebook/moment.ts'
import { newestVersionFor, shortestScenarios } from '../../../properties/casebook/shortest-scenarios.ts'
import { publishedClaim } from '../../../reports/claims-file.ts'
import { EXPLANATION_FORMAT, EXPLANATION_VERSION, type Explanation } from '../../../reports/explanation-file.ts'
import { publishedGap } from '../../campaign/gaps/gap-list.ts'
import { judged } from './claims.ts'
import { played } from './edge-cases.ts'
import type { Findings } from './findings.ts'
import { type OpenQuestion, settled } from './gaps.ts'
import type { KnownDivergence } from './known-divergences.ts'
import type { Question } from './question.ts'
import { RECORDINGS_FILE, type RecordingExamples, recordingExamples } from './recording-examples.ts'
import type { Topic } from './topics.ts'
import type { Walkthrough } from './walkthrough.ts'

type Published<K extends 'edgeCases' | 'rules' | 'gaps' | 'divergences'> = Explanation[K][number]

/** Everything that fits a question, for programs. */
export function answerJson({ said }: Question, { edgeCases, rules, claims, gaps, divergences }: Findings): Explanation {
  const topics = rules.map(({ item }) => item)
  const scenarios = shortestScenarios(topics.flatMap((topic) => (topic.about === 'server' ? [topic.rule] : [])))
  const recordings = recordingExamples(RECORDINGS_FILE)
  const ways = settled(gaps.map(({ item }) => item))
  return {
    ...empty(said),
    edgeCases: edgeCases.map(({ item }) => edgeCaseJson(item)),
    rules: topics.map((topic) => ruleJson(topic, scenarios, recordings)),
    claims: claims.map(({ item }) => publishedClaim(judged(item))),
    gaps: gaps.map(({ item, id }) => {
      const gap = ways.get(id)
      return gap === undefined ? openJson(item, id) : publishedGap(gap)
    }),
    divergences: divergences.map(({ item }) => divergenceJson(item)),
  }
}

/** A scenario step by step, for programs. */
export function walkthroughJson({ token, steps }: Walkthrough): Explanation {
  return {
    ...empty(token),
    steps: steps.map(({ step, moment }) => ({ step, ...(moment === undefined ? {} : { answered: answered(moment) }) })),
  }
}

function empty(question: string): Explanation {
  const nothing = { edgeCases: [], rules: [], claims: [], gaps: [], divergences: [] }
  return { format: EXPLANATION_FORMAT, version: EXPLANATION_VERSION, question, ...nothing }
}

function edgeCaseJson(edgeCase: Findings['edgeCases'][number]['item']): Published<'edgeCases'> {
  const { id, question, answer, scenes, moments } = played(edgeCase)
  return {
    id,
    question,
    answer,
    scenes: scenes.map(({ what, token }, at) => ({ what, scenario: token, ...answered(moments[at]!) })),
  }
}

function answered({ kind, answers, level, headers, after, rules }: Moment) {
  return { kind, answers, level, headers: { ...headers }, after, rule: rules.at(-1)!.id }
}

function ruleJson(
  topic: Topic,
  scenarios: ReturnType<typeof shortestScenarios>,
  recordings: RecordingExamples,
): Published<'rules'> {
  const { id } = topic
  const targets = topic.targets.map(divergenceJson)
  switch (topic.about) {
    case 'server': {
      const scenario = scenarios.get(id)
      const shown = scenario === undefined ? {} : { scenario: scenario.token, apiVersion: scenario.version }
      const recorded = Object.hasOwn(recordings, id) ? { recordings: recordings[id] } : {}
      // Data that is only read: what differs is that nobody may write to ours.
      return { about: topic.about, ...topic.rule, targets, ...recorded, ...shown } as unknown as Published<'rules'>
    }
    case 'client':
    case 'retries':
      return { about: topic.about, ...topic.rule, targets } as unknown as Published<'rules'>
    case 'property': {
      const { sentence, evidence } = topic.property
      return { about: topic.about, id, sentence, evidence: [...evidence], targets }
    }
    case 'operation':
      return { about: topic.about, id, ...topic.use, targets }
    default:
      return topic satisfies never
  }
}

function openJson({ rule, about, doubts }: OpenQuestion, gap: string): Published<'gaps'> {
  const { id, kind, layer, classes } = rule
  return {
    gap,
    rule: id,
    kind,
    about,
    layer,
    operations: [...classes],
    doubts: doubts.map(({ field, level, values, evidence }) => ({
      field,
      level,
      plausible: [...values],
      evidence: [...evidence],
    })),
    apiVersion: newestVersionFor(rule),
  }
}

function divergenceJson({ evidence, ...divergence }: KnownDivergence): Published<'divergences'> {
  return { ...divergence, ...(evidence === undefined ? {} : { evidence }) }
}
