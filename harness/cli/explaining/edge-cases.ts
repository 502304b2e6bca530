import { readToken } from '../../../model/notation.ts'
import { isLeaseAction, type OperationName } from '../../../model/operation.ts'
import { KINDS } from '../../../model/resource.ts'
import { isWait } from '../../../model/scenario.ts'
import { describeUse } from '../../../model/uses.ts'
import { subjectOf } from '../../../model/world.ts'
import { modelRules } from '../../../properties/casebook/casebook.ts'
import type { EdgeCase } from '../../../properties/casebook/edge-cases/edge-case.ts'
import { EDGE_CASES } from '../../../properties/casebook/edge-cases/index.ts'
import { lastMomentOf, type Moment } from '../../../properties/casebook/moment.ts'
import { paragraph } from '../../../reports/terminal/layout.ts'
import { commandLines, showing } from './commands.ts'
import type { Question } from './question.ts'
import { type Entry, entryOf, type Hit, search } from './search.ts'

/** The questions that people ask about edge cases, those that fit first. */
export function edgeCasesFor(question: Question): readonly Hit<EdgeCase>[] {
  return search(edgeCaseEntries(), question)
}

export function edgeCaseEntries(): readonly Entry<EdgeCase>[] {
  return EDGE_CASES.flatMap(({ topic, cases }) =>
    cases.map((each) => {
      const { id, question, answer, scenes } = each
      const asked = scenes.map(({ token }) => askedIn(token))
      const nouns = new Set(asked.map(({ noun }) => noun))
      const operations = new Set(asked.flatMap(({ operation }) => (isLeaseAction(operation) ? [] : [operation])))
      const titles = [...operations].map((name) => describeUse(name as Parameters<typeof describeUse>[0]).title)
      return entryOf(each, {
        id,
        title: [id.replaceAll('-', ' '), question, topic, ...nouns].join(' '),
        text: [answer, ...scenes.flatMap(({ what, says, after = '' }) => [what, says, after]), ...titles].join(' '),
        operations: [...operations],
      })
    }),
  )
}

/** An edge case with what the model answers to its scenes. */
export interface PlayedEdgeCase extends EdgeCase {
  readonly moments: readonly Moment[]
}

export function played(edgeCase: EdgeCase): PlayedEdgeCase {
  return { ...edgeCase, moments: edgeCase.scenes.map(({ token }) => lastMomentOf(modelRules(), token)) }
}

/** Question and answer, for each thing that is done what the service says by kind, and a command for it. */
export function edgeCaseLines(edgeCase: EdgeCase): readonly string[] {
  const { question, answer, scenes, moments } = played(edgeCase)
  const told = scenes.map((scene, at) => ({ ...scene, moment: moments[at]! }))
  const done = [...Map.groupBy(told, ({ what }) => what)]
  return [
    question,
    ...paragraph(answer, 2),
    '',
    ...done.flatMap(([what, own]) => [...paragraph(what, 4, '  -'), ...answerLines(own.map(({ moment }) => moment))]),
    '',
    '  shown by',
    ...done.flatMap(([, own]) => commandLines(showing(own[0]!.token), 4)),
  ]
}

/** What is answered, once for the kinds that answer alike. */
function answerLines(moments: readonly Moment[]): readonly string[] {
  const alike = Map.groupBy(moments, ({ answers, level, after, headers }) => {
    const time = headers['x-ms-lease-time']
    const left = time === undefined ? '' : `, x-ms-lease-time: ${time}`
    return `${answers}${left} (${level}); then ${after}`
  })
  return [...alike].flatMap(([text, own]) =>
    paragraph(`${own.map(({ kind }) => KINDS[kind].noun).join(', ')}: ${text}`, 6),
  )
}

function askedIn(token: string): { readonly noun: string; readonly operation: OperationName } {
  const read = readToken(token)
  if ('error' in read) throw new Error(read.error)
  const { world, steps } = read.scenario
  const last = steps.findLast((step) => !isWait(step))
  if (last === undefined || isWait(last)) throw new Error(`${token} asks for nothing`)
  return { noun: KINDS[subjectOf(world).kind].noun, operation: last.do }
}
