import type { LeftOut, RecordedExchange, RecordedHeaders, Recording } from '../recorded-exchange.ts'
import { CONDENSED_KINDS, condensedPlaces, snapshotInstant, takesSnapshot } from './condensed-places.ts'
import { condensedRequest } from './condensed-request.ts'
import { LeaseNames } from './lease-names.ts'
import { kindWordOf } from './recorded-operation.ts'
import type { RecordedSession, RecordedStep } from './recorded-session.ts'

/** No session tells when it was; its steps say how many seconds after the first one. */
const START_MS = Date.UTC(2020, 0, 1)
/** What stands for the value of a conditional header that was left out. */
const UNTOLD_VALUE = '…'

/** Puts a condensed session back into exchanges, as it may have been; an error is a clause. */
export function condensedRecording(session: RecordedSession): Recording | { readonly error: string } {
  const { steps, path, repo, count, hns } = session
  const unknown = steps.find(({ r }) => !CONDENSED_KINDS.includes(kindWordOf(r)))
  if (unknown !== undefined)
    return { error: `${path} has the resource ${unknown.r}; expected one of ${CONDENSED_KINDS.join(', ')}` }
  return {
    source: repo === undefined ? path : `${repo}:${path}`,
    format: 'condensed',
    count,
    hierarchical: hns,
    exchanges: exchangesIn(session),
  }
}

function exchangesIn({ steps, versions }: RecordedSession): readonly RecordedExchange[] {
  const places = condensedPlaces(steps)
  const version = versions.toSorted().at(-1)!
  const names = new LeaseNames()
  const withSnapshots = new Set<string>()
  return steps.map((step, index) => {
    const kind = kindWordOf(step.r)
    const { method, url, headers } = condensedRequest(step, kind, places.get(step.r)!)
    if (takesSnapshot(step)) withSnapshots.add(step.r)
    return {
      place: String(index),
      method,
      url,
      requestHeaders: {
        'x-ms-version': version,
        ...headers,
        ...leaseHeaders(step, names),
        ...step.cond,
        ...deletionHeaders(step, withSnapshots.has(step.r)),
      },
      status: step.st,
      responseHeaders: { ...answerHeaders(step, names), ...snapshotHeader(step, index) },
      responseBody: '',
      leftOut: leftOut(step),
    }
  })
}

function leaseHeaders({ id, prop, dur, bp, src_id, dst_id }: RecordedStep, names: LeaseNames): RecordedHeaders {
  return told({
    'x-ms-lease-id': id && names.textOf(id),
    'x-ms-proposed-lease-id': prop && names.textOf(prop),
    'x-ms-lease-duration': dur,
    'x-ms-lease-break-period': bp,
    'x-ms-source-lease-id': src_id && names.textOf(src_id),
    'x-ms-destination-lease-id': dst_id && names.textOf(dst_id),
  })
}

/** Not recorded, but nothing that has snapshots is deleted without it. */
function deletionHeaders({ op, st, code }: RecordedStep, hasSnapshots: boolean): RecordedHeaders {
  const askedFor = code === 'DeleteShareWhenSnapshotLeased' || (hasSnapshots && st < 300)
  return op.startsWith('DELETE') && askedFor ? { 'x-ms-delete-snapshots': 'include' } : {}
}

function answerHeaders(step: RecordedStep, names: LeaseNames): RecordedHeaders {
  const { code, dt, rid, time, state, status, duration } = step
  return told({
    date: new Date(START_MS + dt * 1000).toUTCString(),
    'x-ms-error-code': code,
    'x-ms-lease-id': rid && names.textOf(rid),
    'x-ms-lease-time': time,
    'x-ms-lease-state': state,
    'x-ms-lease-status': status,
    'x-ms-lease-duration': duration,
  })
}

function snapshotHeader(step: RecordedStep, index: number): RecordedHeaders {
  return takesSnapshot(step) ? { 'x-ms-snapshot': snapshotInstant(index) } : {}
}

function leftOut({ st, code, cond }: RecordedStep): readonly LeftOut[] {
  return [
    'etags',
    ...(st >= 300 && code === undefined ? (['code'] as const) : []),
    ...(Object.values(cond ?? {}).includes(UNTOLD_VALUE) ? (['condition'] as const) : []),
  ]
}

function told(headers: Readonly<Record<string, string | undefined>>): RecordedHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
