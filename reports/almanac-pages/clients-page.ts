import { count, number } from '../counting.ts'
import { code, codeCell, plain, table } from '../markdown-text.ts'
import { compareTopics, LEASE_OPERATIONS } from '../matrix-verdict.ts'
import type { Topic } from '../topic-tally.ts'
import { anchorOf, hrefFrom } from './anchors.ts'
import type { DivergenceOfClient, KnownClient, KnownClientVersion, TopicOfClient } from './known-client.ts'
import type { Page } from './page.ts'
import { pageOf } from './page-of.ts'

export const CLIENTS_PATH = 'clients/README.md'

/** A page about clients that somebody else makes. */
export interface BesideClients {
  /** Relative to the almanac's folder. */
  readonly path: string
  readonly title: string
  readonly about: string
}

/** What client libraries do with leases: by version what was checked, what diverges, what they have no call for. */
export function clientsPages(clients: readonly KnownClient[], beside: readonly BesideClients[] = []): readonly Page[] {
  if (clients.length === 0) return []
  const lines = [
    '# Client libraries',
    '',
    'What the Azure Storage client libraries do with leases: what they send for a call, and what they make of the answer. Part of the [almanac](../README.md).',
    '',
    "Each was asked for everything that it has a call for, in front of a server that does what the rules say, so what differs is the library's. Its requests went through a proxy that wrote down what was really sent and answered. What libraries do in front of emulators stands among the [known targets](../targets.md).",
    '',
    ...checkedLines(clients),
    ...besideLines(beside),
    ...matrixLines(clients),
    ...clients.flatMap(clientLines),
  ]
  return [pageOf(CLIENTS_PATH, lines)]
}

function checkedLines(clients: readonly KnownClient[]): readonly string[] {
  const rows = clients.flatMap(({ driver, versions, divergences }) =>
    versions.map((version) => {
      const sum = (of: keyof TopicOfClient['counts']) =>
        version.topics.reduce((total, { counts }) => total + counts[of], 0)
      return [
        `[${plain(driver)}](#${anchorOf(headingOf(driver))})`,
        plain(version.client),
        version.apiVersion,
        version.families.join(', '),
        ...(['agreed', 'diverged', 'masked', 'notExpressible', 'notReached'] as const).map((of) => number(sum(of))),
        number(divergences.filter(({ versions: seenIn }) => seenIn.includes(version.label)).length),
      ]
    }),
  )
  return [
    '## What was checked',
    '',
    'A cell is a state of the resource together with a request. Agreed cells are right, diverged ones are not; a masked one can be reached only through a divergence; for some the library has no call.',
    '',
    ...table(
      [
        'driver',
        'checked',
        'API version',
        'families of kinds',
        'agreed',
        'diverged',
        'masked',
        'no call',
        'not tried',
        'known divergences',
      ],
      rows,
    ),
    '',
  ]
}

function besideLines(beside: readonly BesideClients[]): readonly string[] {
  if (beside.length === 0) return []
  return [
    ...table(
      ['page', 'what it tells'],
      beside.map(({ path, title, about }) => [`[${plain(title)}](${hrefFrom(CLIENTS_PATH, path)})`, plain(about)]),
    ),
    '',
  ]
}

/** Lease operations by kind, and the newest version of each library. */
function matrixLines(clients: readonly KnownClient[]): readonly string[] {
  const newest = clients.map(({ driver, versions }) => ({ driver, version: versions[0]! }))
  const topics = [
    ...new Map(
      newest
        .flatMap(({ version }) => version.topics)
        .map(({ kind, operation }) => [`${kind} ${operation}`, { kind, operation }]),
    ).values(),
  ].toSorted(compareTopics)
  const rows = (those: readonly Topic[]) =>
    table(
      ['kind', 'operation', ...newest.map(({ driver }) => plain(driver))],
      those.map((topic) => [
        topic.kind,
        plain(topic.operation),
        ...newest.map(({ driver, version }) => topicCell(version, topic, driver)),
      ]),
    )
  return [
    '## Operation by operation',
    '',
    'How many cells agree, of those that the library has a call for; each in its newest version.',
    '',
    ...rows(topics.filter(({ operation }) => LEASE_OPERATIONS.includes(operation))),
    '',
    '### Uses, by class',
    '',
    ...rows(topics.filter(({ operation }) => !LEASE_OPERATIONS.includes(operation))),
    '',
  ]
}

function topicCell({ topics }: KnownClientVersion, { kind, operation }: Topic, driver: string): string {
  const topic = topics.find((each) => each.kind === kind && each.operation === operation)
  if (topic === undefined) return ''
  const { agreed, diverged, masked, notImplemented, notReached } = topic.counts
  const asked = agreed + diverged + masked + notImplemented + notReached
  if (asked === 0) return 'no call'
  const spoilt = diverged + masked
  const so = `${number(agreed)} of ${number(asked)}${notReached === 0 ? '' : `; ${number(notReached)} not tried`}`
  return spoilt === 0 ? so : `${so}; [${diverged > 0 ? 'diverges' : 'masked'}](#${anchorOf(headingOf(driver))})`
}

function clientLines({ driver, versions, divergences }: KnownClient): readonly string[] {
  return [
    `## ${headingOf(driver)}`,
    '',
    ...versions.map(
      ({ client, apiVersion }) => `- ${plain(client)}, which asks for version ${apiVersion} of the service`,
    ),
    '',
    `### ${driver}: known divergences`,
    '',
    ...(divergences.length === 0
      ? [
          versions[0]!.topics.some(({ counts }) => counts.diverged + counts.masked > 0)
            ? 'What diverges has not been looked into yet.'
            : 'None is known.',
          '',
        ]
      : []),
    ...[...Map.groupBy(divergences, ({ sentence }) => sentence)].flatMap(([sentence, own]) =>
      divergenceLines(sentence, own),
    ),
    ...(divergences.length === 0 ? [] : ['']),
    ...noCallLines(driver, versions[0]!),
  ]
}

/** What is wrong is often the same for many rules: told once, with every rule and the command that shows it. */
function divergenceLines(sentence: string, own: readonly DivergenceOfClient[]): readonly string[] {
  const reasons = [...new Set(own.flatMap(({ evidence }) => evidence ?? []))]
  return [
    [`- **${plain(sentence)}**`, ...reasons.map(plain)].join(' '),
    ...own.map(
      ({ rule, field, observed, replay, versions }) =>
        `  - ${code(rule)}, ${plain(field)}: ${plain(observed)}; seen in ${plain(versions.join(', '))}.<br>${code(replay)}`,
    ),
  ]
}

function noCallLines(driver: string, { topics, without }: KnownClientVersion): readonly string[] {
  const partly = topics
    .filter(
      ({ counts }) =>
        counts.notExpressible > 0 && Object.values(counts).some((each) => each > 0 && each !== counts.notExpressible),
    )
    .toSorted(compareTopics)
  return [
    `### ${driver}: what it cannot express`,
    '',
    'A library has no call for some requests, and refuses or corrects others before they are sent. They are no fault of it; nobody can check them through it.',
    '',
    ...(without.length === 0
      ? []
      : [
          `No call at all: ${without.map(({ kind, title }) => `${plain(title)} (${kind.replace('-', ' ')})`).join(', ')}.`,
          '',
        ]),
    ...table(
      ['kind', 'operation', 'cells without a call', 'of', 'one of them'],
      partly.map(({ kind, operation, counts, example }) => [
        kind,
        plain(operation),
        count(counts.notExpressible, 'cell'),
        number(Object.values(counts).reduce((total, each) => total + each, 0)),
        example === undefined ? '' : codeCell(example),
      ]),
    ),
    '',
  ]
}

function headingOf(driver: string): string {
  return `Driver ${driver}`
}
