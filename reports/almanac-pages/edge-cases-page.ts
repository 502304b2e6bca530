import { block, details, plain, table } from '../markdown-text.ts'
import { replayCommand } from '../replay-command.ts'
import type { AlmanacData, EdgeTopic, PlayedScene } from './almanac-data.ts'
import { anchorOf } from './anchors.ts'
import { evidenceBrief } from './evidence-lines.ts'
import type { Page } from './page.ts'
import { pageOf } from './page-of.ts'
import { type RulePlaces, ruleLink } from './page-plan.ts'
import { otherwiseAt } from './target-outcomes.ts'

export const EDGE_CASES_PATH = 'edge-cases.md'

/** The questions that people ask: the sentence is written by hand, the facts are those of the model. */
export function edgeCasesPage(data: AlmanacData, places: RulePlaces): Page {
  const { edgeCases, nouns } = data
  const lines = [
    '# Edge cases',
    '',
    `Questions about leases that documentation leaves open, answers in a sentence, and what the service answers to a request, for version ${data.version}. Part of the [almanac](README.md), which says how to read levels and evidence.`,
    '',
    ...edgeCases.flatMap(({ topic, cases }) => [
      `- ${topic}`,
      ...cases.map(({ question }) => `  - [${plain(question)}](#${anchorOf(question)})`),
    ]),
    '',
    ...edgeCases.flatMap(({ topic, cases }) => [
      `## ${topic}`,
      '',
      ...cases.flatMap((each) => questionLines(each, data, places, nouns)),
    ]),
  ]
  return pageOf(EDGE_CASES_PATH, lines)
}

function questionLines(
  { question, answer, scenes }: EdgeTopic['cases'][number],
  data: AlmanacData,
  places: RulePlaces,
  nouns: AlmanacData['nouns'],
): readonly string[] {
  const otherwise = scenes.map(({ moment }) => otherwiseAt(data.targets, moment))
  const differ = otherwise.some((text) => text !== '')
  const rows = scenes.map((scene, at) => {
    const { what, moment } = scene
    return [
      plain(what),
      nouns[moment.kind],
      plain(answerText(scene)),
      plain(moment.after),
      moment.level,
      plain(evidenceText(scene)),
      ruleLink(places, EDGE_CASES_PATH, moment.rules.at(-1)!.id),
      ...(differ ? [plain(otherwise[at]!)] : []),
    ]
  })
  const titles = ['what', 'of a', 'answer', 'lease afterwards', 'level', 'evidence', 'rule']
  return [
    `### ${plain(question)}`,
    '',
    plain(answer),
    '',
    ...table([...titles, ...(differ ? ['who differs'] : [])], rows),
    '',
    ...details('Commands that show it', [
      ...block(
        scenes.map(
          ({ token }) => `${replayCommand(token, { repeat: ['reference'], target: REFERENCE, driver: 'rest' })}`,
        ),
        'sh',
      ),
    ]),
    '',
  ]
}

const REFERENCE = { name: 'reference', version: '' }

/** The answer with the lease headers that it carries. */
function answerText({ moment: { answers, headers } }: PlayedScene): string {
  const shown = Object.entries(headers).filter(([name]) => name.startsWith('x-ms-lease'))
  return [answers, ...shown.map(([name, value]) => `${name}: ${value}`)].join('; ')
}

/** Documents often tell a status while only recordings tell the code. */
function evidenceText({ moment: { permitted } }: PlayedScene): string {
  const { status, code } = permitted[0]!.outcome
  const [ofStatus, ofCode] = [evidenceBrief(status.evidence), evidenceBrief(code.evidence)]
  return ofStatus === ofCode ? ofStatus : `status: ${ofStatus}; code: ${ofCode}`
}
