import { XMLParser } from 'fast-xml-parser'
import type { ServiceVersion } from '../../model/service-version.ts'
import { TargetError } from '../errors.ts'
import { type Asked, unanswered } from '../targets/probing/ask-once.ts'
import { askPatiently } from '../targets/probing/ask-patiently.ts'
import { codeIn } from '../targets/probing/probe.ts'
import type { Endpoint } from '../targets/target.ts'
import { PREFIX, runNameIn, runNameInBlob } from './run-name.ts'

/** Something that a run has created and not removed. */
export interface Leftover {
  /** `blob`: in the only container that the credential opens. */
  readonly kind: 'container' | 'share' | 'blob'
  readonly name: string
  /** `leasecheck-<run id>`. */
  readonly run: string
  /** Since it was last changed, by the server's own clock. */
  readonly ageMs: number
}

export interface Lister {
  readonly endpoint: Endpoint
  readonly apiVersion: ServiceVersion
  /** The instant that requests carry for a server on virtual time. */
  readonly instant?: string | undefined
  /** How many are listed at a time. */
  readonly pageSize?: number
}

/** What is asked once is read only so far, and an entry takes less than a kilobyte. */
const PAGE_SIZE = 50

/** A server that goes on for longer gives the same pages again. */
const MAX_PAGES = 10_000

const LISTED = {
  container: { service: 'blob', all: 'Containers', each: 'Container', run: runNameIn },
  share: { service: 'file', all: 'Shares', each: 'Share', run: runNameIn },
  blob: { service: 'blob', all: 'Blobs', each: 'Blob', run: runNameInBlob },
} as const

const REPEATED: readonly string[] = Object.values(LISTED).map(({ each }) => each)
// Values stay texts: a blob may be named 007.
const xml = new XMLParser({ parseTagValue: false, ignoreAttributes: true, isArray: (name) => REPEATED.includes(name) })

interface Entry {
  readonly Name?: string
  readonly Properties?: { readonly 'Last-Modified'?: string }
}

/**
 * Everything of a kind that leasecheck has created and that is still there, page by page.
 * @param prefix of their names: that of a run, or of all
 * @throws TargetError if it is not listed
 */
export async function listLeftovers(lister: Lister, kind: Leftover['kind'], prefix = PREFIX): Promise<Leftover[]> {
  const { all, each, run } = LISTED[kind]
  const found: Leftover[] = []
  let marker = ''
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await askForPage(lister, kind, prefix, marker)
    const results = (xml.parse(answer.body) as { EnumerationResults?: Record<string, unknown> }).EnumerationResults
    // An empty element is parsed as an empty text.
    const list = (results?.[all] || undefined) as Record<string, readonly Entry[]> | undefined
    const nowMs = Date.parse(String(answer.headers.date ?? '')) || Date.now()
    for (const { Name: name = '', Properties: properties } of list ? (list[each] ?? []) : []) {
      const runName = name.startsWith(prefix) ? run(name) : undefined
      const changedMs = Date.parse(properties?.['Last-Modified'] ?? '')
      // What does not tell its age counts as new, so that nothing of a run under way is taken.
      const ageMs = Number.isNaN(changedMs) ? 0 : Math.max(0, nowMs - changedMs)
      if (runName !== undefined) found.push({ kind, name, run: runName, ageMs })
    }
    marker = String(results?.NextMarker ?? '')
    if (marker === '') return found
  }
  throw new TargetError(`${hostOf(lister, kind)} lists its ${all.toLowerCase()} without end`)
}

async function askForPage(lister: Lister, kind: Leftover['kind'], prefix: string, marker: string): Promise<Asked> {
  const { endpoint, apiVersion, instant, pageSize = PAGE_SIZE } = lister
  const { service, all } = LISTED[kind]
  const host = hostOf(lister, kind)
  const parameters: readonly (readonly [string, string])[] = [
    ...(kind === 'blob' ? [['restype', 'container'] as const] : []),
    ['comp', 'list'],
    ['prefix', prefix],
    ...(marker === '' ? [] : [['marker', marker] as const]),
    ['maxresults', String(pageSize)],
  ]
  const path = kind === 'blob' ? `/${endpoint.container}` : '/'
  const question = { method: 'GET', path, parameters, apiVersion, instant } as const
  const answer = await askPatiently(endpoint, service, question, ({ status }) => status >= 500)
  if (answer.failed !== undefined) throw new TargetError(unanswered(host, answer.failed, answer.outOfTime))
  if (answer.status === 200 && answer.body.includes('</EnumerationResults>')) return answer
  throw new TargetError(
    `${host} refuses to list the ${all.toLowerCase()} of ${endpoint.account}: ${answer.status} ${codeIn(answer) ?? ''}`.trim(),
  )
}

function hostOf({ endpoint }: Lister, kind: Leftover['kind']): string {
  return new URL(kind === 'share' ? (endpoint.fileUrl ?? endpoint.url) : endpoint.url).host
}
