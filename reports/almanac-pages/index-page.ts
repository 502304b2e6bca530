import { count, number } from '../counting.ts'
import { LEVEL_MEANINGS } from '../evidence-text.ts'
import { plain, table } from '../markdown-text.ts'
import type { AlmanacData } from './almanac-data.ts'
import { hrefFrom } from './anchors.ts'
import { EDGE_CASES_PATH } from './edge-cases-page.ts'
import { groupsOf, kindPath, pluralOf } from './kind-pages.ts'
import type { Page } from './page.ts'
import { pageOf } from './page-of.ts'
import { groupPath } from './page-plan.ts'

/** A page beside those of kinds, and what to say of it. */
export interface Listed {
  readonly path: string
  readonly title: string
  readonly about: string
}

export const INDEX_PATH = 'README.md'

/** Where readers begin: what this is, how to read it, and every page. */
export function indexPage(data: AlmanacData, listed: readonly Listed[]): Page {
  const { cases, rules, nouns, version } = data
  const kinds = [...new Set(cases.map(({ kind }) => kind))]
  const claiming = rules.filter(({ rule }) => rule.expect.length > 0)
  const example = cases.find(({ decidedBy }) => decidedBy.id === 'blob.renew.expired.held')
  const lines = [
    '# Almanac of Azure Storage leases',
    '',
    'A lease is a lock on a blob, a container, a file share or a file that a client holds for 15 to 60 seconds or without end. This almanac tells what the service answers to any request about one, in any state: status, error code, headers, what becomes of the lease, and how we know.',
    '',
    `It is generated from the rules of [leasecheck](../../README.md): ${count(claiming.length, 'rule')}, ${count(cases.length, 'cell')}, version ${version} of the service.`,
    '',
    '## Where to begin',
    '',
    `- With a question: [edge cases](${EDGE_CASES_PATH}).`,
    '- With an error: [error codes](error-codes.md).',
    '- With a picture: [states](states.md).',
    '- With an operation: the pages of the kinds below.',
    '',
    ...table(
      ['page', 'what it tells'],
      listed.map(({ path, title, about }) => [`[${plain(title)}](${path})`, plain(about)]),
    ),
    '',
    '## Kinds',
    '',
    ...table(
      ['kind', 'pages', 'cells'],
      kinds.map((kind) => [
        `[${pluralOf(nouns[kind])}](${hrefFrom(INDEX_PATH, kindPath(kind))})`,
        groupsOf(kind, data)
          .map((group) => `[${plain(group.title.toLowerCase())}](${hrefFrom(INDEX_PATH, groupPath(kind, group))})`)
          .join(', '),
        number(cases.filter((each) => each.kind === kind).length),
      ]),
    ),
    '',
    '## How to read a page',
    '',
    'A **rule** says what the service answers in some situations: when it applies, and a table of what each field of the answer holds. `success` is the status that the operation\'s own page names. Where a field holds "a or b", either is permitted.',
    '',
    'Each field has a **level**, since some are surer than others:',
    '',
    ...table(
      ['level', 'meaning', 'rules whose status is so sure'],
      Object.entries(LEVEL_MEANINGS).map(([level, meaning]) => [
        level,
        meaning,
        number(claiming.filter(({ rule }) => rule.expect[0]!.status.level === level).length),
      ]),
    ),
    '',
    '**Evidence** is what a level rests on: `documented` is a page of the official reference, `recorded exchanges` are answers of the live service in the HTTP sessions that the Azure SDK teams have published, with how many of them were counted, `asserted` is a test of an SDK that ran against the live service, and `our own deduction` is just that. Evidence `of a part` speaks of some of the situations of a rule only, and settles nothing.',
    '',
    'A **cell** is a state of the resource together with a request. The cells that a rule decides are listed below it, each with the shortest **scenario** that comes there, written as a token:',
    '',
    '```',
    example === undefined ? '' : example.token,
    '```',
    '',
    'A token begins with `lc1` and what there is at the start; then come the steps. `id` is the lease id, `proposed` the proposed lease id, `duration` and `period` are seconds. `A` to `F` are lease ids, `held` is the id that an answer gave last, `former` the one before, `fresh` one that was never used; `@N`, `@B`, `@P` and `@upper` spell an id otherwise. `wait,deadline+1000ms` waits until the lease ends and a second more. The last step is the request of the cell. To see it happen:',
    '',
    '```sh',
    `npx leasecheck replay '${example?.token ?? ''}'            # on Azurite`,
    `npx leasecheck replay '${example?.token ?? ''}' reference  # on a server that does what the rules say`,
    '```',
    '',
    'In the lists of cells `id` is `x-ms-lease-id` and `proposed id` is `x-ms-proposed-lease-id`: `held` is the id that the resource remembers, also after its lease has ended, `held before` the one that it remembered before that, `new` one that it never had, `another` any that it does not remember. A break period is `shorter` or `longer` than the time that the lease has left; a lease without end has all the time in the world.',
    '',
    '**Who differs** names emulators, and client libraries in front of them, that were seen to answer otherwise, and what they answer; whoever is not named there agrees. A name without versions means all that are known. `+js` is the JavaScript SDK in front of that server, and so are `+python`, `+python-aio` and `+go` those of their languages. `masked` means that the cell can be reached only through another divergence, so that nobody can tell; `no call` that the library cannot send such a request. Targets that lack a kind are not named on its pages; [known targets](targets.md) tells who was asked what.',
  ]
  return pageOf(INDEX_PATH, lines)
}
