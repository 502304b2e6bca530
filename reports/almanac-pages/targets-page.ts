import { number } from '../counting.ts'
import { code, plain, table } from '../markdown-text.ts'
import type { AlmanacData, KnownDivergence, KnownTarget } from './almanac-data.ts'
import type { Page } from './page.ts'
import { pageOf } from './page-of.ts'
import { type RulePlaces, ruleLink } from './page-plan.ts'

export const TARGETS_PATH = 'targets.md'

/** What emulators and client libraries do otherwise than the service. */
export function targetsPage(data: AlmanacData, places: RulePlaces): Page {
  const { targets, divergences } = data
  const lines = [
    '# Known targets',
    '',
    'What emulators, and client libraries in front of a server, do otherwise than the service. Part of the [almanac](README.md). An emulator is no evidence of what the service does; it is here because people develop against it.',
    '',
    ...countLines(targets),
    ...(divergences.length === 0 ? [] : ['## What is known to differ', '']),
    ...[...Map.groupBy(divergences, ({ target }) => target)].flatMap(([target, own]) => [
      `### ${plain(target)}`,
      '',
      `${number(own.length)} divergences, each of which was looked into and is repeated by every run. What a list ends with is why it is the target that is taken to be wrong.`,
      '',
      ...[...Map.groupBy(own, ({ rule }) => kindOf(rule))].flatMap(([kind, those]) => [
        `#### ${plain(target)}: ${kind}`,
        '',
        ...[...Map.groupBy(those, ({ evidence }) => evidence)].flatMap(([evidence, alike]) => [
          ...alike.flatMap((each) => divergenceLines(each, places)),
          '',
          ...(evidence === undefined ? [] : [plain(evidence), '']),
        ]),
      ]),
    ]),
  ]
  return pageOf(TARGETS_PATH, lines)
}

const COUNTED = ['agreed', 'diverged', 'masked', 'notImplemented', 'notExpressible', 'notReached'] as const

function countLines(targets: readonly KnownTarget[]): readonly string[] {
  if (targets.length === 0) return []
  const rows = targets.flatMap(({ name, counts }) =>
    Object.entries(counts).map(([kind, own]) => [
      plain(name),
      plain(kind),
      ...COUNTED.map((outcome) => number(own[outcome] ?? 0)),
    ]),
  )
  return [
    '## Who was asked',
    '',
    ...table(
      ['target', 'requests sent by', 'API version', 'families of kinds'],
      targets.map(({ name, sentBy, apiVersion, families }) => [
        plain(name),
        plain(sentBy),
        apiVersion,
        families.join(', '),
      ]),
    ),
    '',
    '## Cell by cell',
    '',
    'A cell is a state of the resource together with a request. In how many of them each target answered as the service does (agreed) or not (diverged); masked cells can be reached only through a divergence; some need operations that the target does not have (not implemented), or that the client library has no call for. Who differs in which cell stands beside the cell, on the pages of the kinds. Runs count some cells that the almanac does not tell.',
    '',
    ...table(['target', 'kind', 'agreed', 'diverged', 'masked', 'not implemented', 'no call', 'not tried'], rows),
    '',
  ]
}

function divergenceLines(
  { rule, field, observed, sentence, replay }: KnownDivergence,
  places: RulePlaces,
): readonly string[] {
  return [
    `- ${ruleLink(places, TARGETS_PATH, rule)}, ${plain(field)}: ${plain(observed)}. ${plain(sentence)}<br>${code(replay)}`,
  ]
}

/** Rules are named after the kind that they are about; those of client libraries say so first. */
function kindOf(rule: string): string {
  const [first = '', second = ''] = rule.split('.')
  return first === 'client' ? `client, ${second}` : first
}
