import { kindWordOf } from './recorded-operation.ts'
import type { RecordedStep } from './recorded-session.ts'

/** Where a resource of a condensed session stands. */
export interface Place {
  readonly service: 'blob' | 'file'
  readonly path: string
  /** Of a snapshot, the instant by which it goes. */
  readonly snapshot?: string
}

/** The kinds of resources in condensed sessions, and the kinds in which they stand. */
const KINDS: Readonly<Record<string, { readonly service: 'blob' | 'file'; readonly within?: string }>> = {
  container: { service: 'blob' },
  blob: { service: 'blob', within: 'container' },
  share: { service: 'file' },
  file: { service: 'file', within: 'share' },
  'hns-fs': { service: 'blob' },
  'hns-path': { service: 'blob', within: 'hns-fs' },
}
export const CONDENSED_KINDS = Object.keys(KINDS)

/**
 * Finds a place for every resource of a session. What stands in something else stands in what was met last of that kind; where
 * nothing was, in something that the session does not show. Snapshots of shares are resources of their own: of the share of
 * which a snapshot was taken last.
 */
export function condensedPlaces(steps: readonly RecordedStep[]): ReadonlyMap<string, Place> {
  const snapshots = new Set(steps.filter(({ op }) => op.split(' ').includes('sharesnapshot')).map(({ r }) => r))
  const places = new Map<string, Place>()
  const lastOf = new Map<string, string>()
  let taken: Place | undefined
  for (const [index, step] of steps.entries()) {
    const { r } = step
    const word = kindWordOf(r)
    const kind = KINDS[word]
    if (kind === undefined) continue
    if (!places.has(r)) {
      const { service, within } = kind
      const parent = within === undefined ? '' : (lastOf.get(within) ?? '/unseen')
      const unseen: Place = { service, path: '/unseen', snapshot: snapshotInstant(0) }
      const place = snapshots.has(r) ? (taken ?? unseen) : { service, path: `${parent}/${r}` }
      places.set(r, place)
      lastOf.set(word, place.path)
    }
    if (takesSnapshot(step) && word === 'share') taken = { ...places.get(r)!, snapshot: snapshotInstant(index) }
  }
  return places
}

export function takesSnapshot({ op, st }: RecordedStep): boolean {
  return op.startsWith('PUT ') && op.split(' ').includes('comp=snapshot') && st < 300
}

/** The name that the service would have given to a snapshot taken in a step; the recording has none. */
export function snapshotInstant(index: number): string {
  return `2020-01-01T00:00:00.${String(index).padStart(7, '0')}Z`
}
