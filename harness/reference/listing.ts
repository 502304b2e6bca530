import { invalidParameter, type Refusal } from './answer.ts'
import type { StorageRequest } from './request.ts'
import { element } from './xml.ts'

/** What a request asks to be listed. */
export interface ListQuery {
  readonly prefix: string
  readonly delimiter: string
  readonly marker: string
  readonly maxResults: number
  readonly include: ReadonlySet<string>
  /** The elements with which an answer repeats the query. */
  readonly echo: string
}

/** The part of a listing that fits one answer. */
export interface Page<E> {
  readonly entries: readonly E[]
  /** Where the next page begins; undefined if this is the last one. */
  readonly next: string | undefined
}

const MOST_RESULTS = 5_000

export function readListQuery({ query }: StorageRequest): ListQuery | Refusal {
  const field = (name: string) => query.get(name) ?? ''
  const text = query.get('maxresults')
  const maxResults = text === undefined ? MOST_RESULTS : /^[0-9]{1,9}$/.test(text) ? Number(text) : 0
  if (maxResults < 1) return invalidParameter('maxresults', text!)
  const include = new Set(
    field('include')
      .toLowerCase()
      .split(',')
      .map((each) => each.trim()),
  )
  const marker = Buffer.from(field('marker'), 'base64url').toString('utf8')
  const echo =
    element('Prefix', field('prefix')) +
    element('Marker', field('marker')) +
    element('MaxResults', text === undefined ? undefined : maxResults) +
    element('Delimiter', query.get('delimiter'))
  return {
    prefix: field('prefix'),
    delimiter: field('delimiter'),
    marker,
    maxResults: Math.min(maxResults, MOST_RESULTS),
    include,
    echo,
  }
}

/**
 * Cuts the page that a query asks for out of everything that could be listed, in the order in which it is listed. A marker
 * names the last entry of the page before and how many entries of its name that page had, since a blob and its snapshots
 * share a name; what was created or deleted meanwhile does not matter.
 */
export function page<E extends { readonly name: string }>(
  all: readonly E[],
  { marker, maxResults }: ListQuery,
): Page<E> {
  const begin = marker === '' ? 0 : beginningAfter(all, marker)
  const entries = all.slice(begin, begin + maxResults)
  return { entries, next: begin + maxResults < all.length ? markerAfter(entries, all, begin) : undefined }
}

const SEPARATOR = '\n'

function markerAfter<E extends { readonly name: string }>(
  entries: readonly E[],
  all: readonly E[],
  begin: number,
): string {
  const { name } = entries.at(-1)!
  const shown = all.slice(0, begin + entries.length).filter((each) => each.name === name).length
  return Buffer.from(`${shown}${SEPARATOR}${name}`).toString('base64url')
}

function beginningAfter<E extends { readonly name: string }>(all: readonly E[], marker: string): number {
  const cut = marker.indexOf(SEPARATOR)
  const shown = Number(marker.slice(0, Math.max(cut, 0)))
  const name = marker.slice(cut + 1)
  let same = 0
  const found = all.findIndex((each) => (each.name === name ? ++same > shown : each.name > name))
  return found < 0 ? all.length : found
}
