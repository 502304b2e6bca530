import { count } from '../counting.ts'
import { evidenceText, LEVEL_MEANINGS } from '../evidence-text.ts'
import { code, codeCell, plain, table } from '../markdown-text.ts'
import type { GapEntry, GapList } from '../proposals.ts'
import type { Page } from './page.ts'

/** What the layers ask, and why somebody who uses leases would want to know what is answered there. */
const LAYERS: Readonly<Record<GapEntry['layer'], { readonly title: string; readonly matters: string }>> = {
  transition: {
    title: 'What a lease operation does',
    matters:
      'A client that retries or recovers has to tell one refusal from the other, and has to know how long a lease still lasts.',
  },
  lease: {
    title: 'What a lease stops',
    matters:
      'A client whose lease was lost learns it from this answer; an SDK maps the code to the exception that callers catch.',
  },
  condition: {
    title: 'Conditional headers beside a lease',
    matters: 'Who protects a write by both an ETag and a lease has to know which of the two a refusal speaks of.',
  },
  existence: {
    title: 'Resources that are not there',
    matters: 'A missing resource and a lost lease call for different repairs, and the answer has to tell which it is.',
  },
  syntax: {
    title: 'Malformed, missing and misplaced headers',
    matters:
      'A library with a fault in its headers should be refused, with a code that says which header; a lenient server hides the fault.',
  },
}

const ABOUT: Readonly<Record<GapEntry['about'], string>> = {
  answer: 'what is answered',
  precedence: 'which of two refusals is told',
  aftermath: 'what becomes of the lease',
}

const USUAL_VERSION = '2023-11-03'

/** The list of what nobody knows, for people and for machines. */
export function gapsPages(list: GapList): readonly Page[] {
  return [
    { path: 'gaps.md', text: `${page(list).join('\n')}\n` },
    { path: 'gaps.json', text: json(list) },
  ]
}

/** One gap a line, so that a change of one is a change of one line. */
function json({ gaps, unanswerable, ...head }: GapList): string {
  const lines = (things: readonly unknown[]) => `[\n${things.map((each) => JSON.stringify(each)).join(',\n')}\n]`
  return `${JSON.stringify(head).slice(0, -1)},"gaps":${lines(gaps)},"unanswerable":${lines(unanswerable)}}\n`
}

function page(list: GapList): readonly string[] {
  const layers = Object.keys(LAYERS) as GapEntry['layer'][]
  return [
    '# What nobody knows',
    '',
    ...introduction(list),
    '',
    ...layers.flatMap((layer) =>
      layerSection(
        layer,
        list.gaps.filter((gap) => gap.layer === layer),
      ),
    ),
    ...unanswerableSection(list),
  ]
}

function introduction({ gaps, unanswerable }: GapList): readonly string[] {
  const versions = [...new Set(gaps.map(({ apiVersion }) => apiVersion))].sort().reverse()
  return [
    'leasecheck says of every answer of Azure Storage how sure it is of it. Most of what it expects is documented, tested by an',
    'SDK team against the service, or recorded. This page lists the rest: what no page tells and no recording shows. What stands',
    `here is ${plain(LEVEL_MEANINGS.inferred)} (*inferred*), or ${plain(LEVEL_MEANINGS.open)} (*open*).`,
    '',
    `There are ${count(gaps.length, 'gap')} that one scenario each would settle, and ${count(unanswerable.length, 'question')} that no request can answer (at the end).`,
    '',
    'Each gap names the plausible answers, the likeliest first, and the shortest scenario that would settle it. A scenario is a',
    'token: what exists at the start, then step by step what is done; the request that matters is in bold. To ask a server for one:',
    '',
    '    npx leasecheck replay TOKEN https://ACCOUNT.blob.core.windows.net --key KEY',
    '',
    'To ask for all of them, and to get what was answered as proposals for evidence, with dates and request ids:',
    '',
    '    npx leasecheck run https://ACCOUNT.blob.core.windows.net --file-url https://ACCOUNT.file.core.windows.net --key KEY --only gaps --hostile',
    '',
    'It takes about half a minute, creates containers and shares whose names begin with `leasecheck-`, and removes them. More words',
    'choose among the gaps (`--only gaps container renew`). `--hostile` allows malformed headers, which the last section is',
    `about. Versions other than ${USUAL_VERSION} are asked for with \`--api-version\` (${versions.slice(1).join(', ')}).`,
    'Where a request has to come at an exact instant, so that only a server on virtual time can be asked, the list says so.',
    'The proposals are in `leasecheck-results/proposals.json` and `proposals.md`. Answers of an emulator are no evidence, and',
    'proposals made of them say so.',
    '',
    ...table(
      ['section', 'gaps', 'blob', 'container', 'share', 'file'],
      (Object.keys(LAYERS) as GapEntry['layer'][]).map((layer) => {
        const own = gaps.filter((gap) => gap.layer === layer)
        const of = (family: string) =>
          String(own.filter(({ kind }) => kind === family || kind === `${family}-snapshot`).length)
        const { title } = LAYERS[layer]
        return [
          `[${title}](#${anchorOf(title)})`,
          String(own.length),
          of('blob'),
          of('container'),
          of('share'),
          of('file'),
        ]
      }),
    ),
    '',
    'The same list is in [gaps.json](gaps.json), one entry for each gap.',
  ]
}

/** The anchor that GitHub gives a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-')
}

function layerSection(layer: GapEntry['layer'], gaps: readonly GapEntry[]): readonly string[] {
  const { title, matters } = LAYERS[layer]
  const kinds = [...new Set(gaps.map(({ kind }) => kind))]
  return [
    `## ${title}`,
    '',
    `Why it matters: ${matters}`,
    '',
    ...kinds.flatMap((kind) => [
      `### ${title}: ${kind.replace('-', ' ')}`,
      '',
      ...table(
        ['situation and request', 'unknown', 'plausible', 'why', 'scenario'],
        gaps.filter((gap) => gap.kind === kind).map(row),
      ),
      '',
    ]),
  ]
}

function row(gap: GapEntry): readonly string[] {
  const { rule, cell, about, doubts, operations, apiVersion } = gap
  const fields = doubts.map(({ field, level }) => `${plain(field)} (${level})`).join('<br>')
  const values = doubts.map(({ field, plausible }) => `${plain(field)}: ${plain(plausible.join(' or '))}`).join('<br>')
  const evidence = [...new Set(doubts.flatMap((each) => each.evidence.map(evidenceText)))]
  const also = operations.length === 1 ? '' : `<br>also: ${plain(operations.join(', '))}`
  return [
    `${plain(cell.replaceAll(' | ', '; '))}<br>${codeCell(rule)}`,
    `${ABOUT[about]}:<br>${fields}`,
    `${values}${also}`,
    evidence.length === 0 ? 'nothing is known' : plain(evidence.join('; ')),
    `${scenarioText(gap)}${gap.virtualTimeOnly ? '<br>on virtual time only' : ''}${apiVersion === USUAL_VERSION ? '' : `<br>version ${apiVersion}`}`,
  ]
}

/** The token whole, for copying, and the request that matters. */
function scenarioText({ scenario, step }: GapEntry): string {
  const asked = scenario.split('/')[step + 2] ?? ''
  return `${codeCell(scenario)}<br>**${plain(asked)}**`
}

function unanswerableSection({ unanswerable }: GapList): readonly string[] {
  return [
    '## What no request can show',
    '',
    ...unanswerable.flatMap(({ rules, question, reason }) => [
      `- ${plain(question)} ${plain(reason)}${rules.length === 0 ? '' : ` (${rules.length <= 4 ? rules.map(code).join(', ') : count(rules.length, 'rule')})`}`,
    ]),
  ]
}
