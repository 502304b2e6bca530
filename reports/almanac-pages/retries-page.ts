import { anchorOf } from '../anchor.ts'
import { count } from '../counting.ts'
import { plain } from '../markdown-text.ts'
import type { Retries } from '../retries.ts'
import { retrySections } from '../retries-markdown.ts'
import type { Page } from './page.ts'

/** How the page on lost requests and answers is told of. */
export const RETRIES_LISTED = {
  path: 'clients/retries.md',
  title: 'Lost requests and answers',
  about:
    'what client libraries do when a connection dies: how often they ask, what the caller sees, what became of the lease',
} as const

/** What each client library does when requests and answers get lost, from the results that are kept. */
export function retriesPages(all: readonly Retries[]): readonly Page[] {
  return [{ path: RETRIES_LISTED.path, text: `${[...intro(all), ...all.flatMap(section)].join('\n')}\n` }]
}

function intro(all: readonly Retries[]): readonly string[] {
  return [
    '# Lost requests and answers',
    '',
    'A connection may die before the server gets a request, after it has acted, or in the middle of its answer. The caller of a',
    'library cannot tell one from the other, and the library may ask again by itself. Here each lease operation was called while',
    'one of the three happened: to the first request of the call, and to every one of them. Every call went over a connection that',
    'was in use already, as those of applications mostly are. No lease ended by itself meanwhile.',
    '',
    'What to know, whichever library you use:',
    '',
    '- **An acquire survives.** All libraries here propose an id of their own choice, and propose the same one again: the service',
    '  gives a lease a second time to whoever has it. A library that lets the service choose is locked out by its first request',
    '  until the lease ends, as [has happened](https://github.com/Azure/azure-sdk-for-java/issues/12030).',
    '- **A release that worked can come back as a refusal.** The first request releases, its answer is lost, and the second is',
    '  answered 409 LeaseIdMismatchWithLeaseOperation. Whoever sees that after a release has to read the lease to know.',
    '- **A renewal and a change can be sent twice.** A renewal starts the lease anew each time. A change to the id that the lease',
    '  has by now is answered as if it were the first.',
    '- **Without retries an error of the connection says nothing.** The lease may be there or not; whoever proposed an id knows',
    '  which one to look for.',
    ...byHalf(all),
    ...doubled(all),
    '- **Leaving a context gives the lease back, also when an exception was raised in it**, and the exception gets through. That is',
    '  checked in every run of the Python drivers, as the ways `context-manager` and `context-manager-raising` of release. If that',
    '  release itself fails, its error takes the place of the exception.',
    '',
    ...(all.length === 0
      ? []
      : ['The libraries:', '', ...all.map((each) => `- [${plain(nameOf(each))}](#${anchorOf(nameOf(each))})`), '']),
    'Each row of a table says how many requests went out, what the caller was told, and in which state a plain read found the lease',
    'afterwards. `A` and `C` are our ids, `acquire,duration=-1` leaves the id to the library, `broken` was held under `A`.',
    'The numbers can be had for any version: `npx leasecheck run reference --driver python --only retries`.',
    '',
  ]
}

/** The libraries that take half an answer for a whole one. */
function byHalf(all: readonly Retries[]): readonly string[] {
  const names = all.filter(({ experiments }) => experiments.some(isByHalf)).map(nameOf)
  if (names.length === 0) return []
  return [
    `- **Half an answer may pass for a whole one.** Of an answer that ends within its headers ${plain(names.join(' and '))} reads the`,
    '  status and tells success. What had not come by then is missing: the lease client may have no lease id any more.',
  ]
}

function isByHalf({ surprise }: Retries['experiments'][number]): boolean {
  return surprise === 'done though unheard'
}

/** The libraries that send a request twice though they were told not to. */
function doubled(all: readonly Retries[]): readonly string[] {
  const names = all
    .filter(({ experiments }) => experiments.some(({ policy, tries }) => policy === 'none' && tries.length > 1))
    .map((each) => `${nameOf(each)}${each.experiments.some(isDoubledAction) ? '' : ' (reads only)'}`)
  if (names.length === 0) return []
  return [
    `- **No retries may be two requests.** The HTTP client below the library asks once more: ${plain(names.join(', '))}. So even then`,
    '  a refusal may be that of what the call itself has done.',
  ]
}

function isDoubledAction({ policy, tries, call }: Retries['experiments'][number]): boolean {
  return policy === 'none' && tries.length > 1 && !call.startsWith('get')
}

function section(retries: Retries): readonly string[] {
  const { client, target, experiments, leftOut } = retries
  const made = `${count(experiments.length, 'experiment')} against ${target.name} ${target.version}; ${leftOut} more ask for calls that it does not have.`
  return [
    `## ${plain(nameOf(retries))}`,
    '',
    `${plain(client)}: ${made}`,
    '',
    ...retrySections(retries).flatMap((lines) => (lines.length === 0 ? [] : [...lines, ''])),
  ]
}

const LANGUAGES: Readonly<Record<string, string>> = {
  js: 'JavaScript',
  python: 'Python',
  'python-aio': 'Python, asyncio',
  go: 'Go',
}

function nameOf({ driver, client }: Retries): string {
  const version = /blob ([0-9]+(?:\.[0-9]+)+)/.exec(client)?.[1]
  return [LANGUAGES[driver] ?? driver, ...(version === undefined ? [] : [version])].join(' ')
}
