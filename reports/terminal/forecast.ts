import { count, lasting } from '../counting.ts'
import { fact } from './layout.ts'

/** What a run is going to do to a server that is not ours. */
export interface ForecastView {
  /** What the names of everything begin with that is created. */
  readonly prefix: string
  readonly containers: number
  readonly shares: number
  /** The container that is there and that everything takes place in. */
  readonly inside?: string | undefined
  /** Those that set up and remove included. */
  readonly requests: number
  /** Undefined: as many as the server answers. */
  readonly maxPerSecond: number | undefined
  readonly durationMs: number
  /** The longest scenario; 0 if waits take no time. */
  readonly longestMs: number
}

/** What a run is going to do, before the first thing is created. */
export function renderForecast(view: ForecastView): string {
  const { requests, maxPerSecond, durationMs, longestMs } = view
  const pace = maxPerSecond === undefined ? 'as fast as it answers' : `at most ${maxPerSecond} a second`
  const longest = longestMs === 0 ? '' : `; the longest scenario alone takes ${lasting(longestMs)}`
  const lines = [
    ...fact('creates', creates(view)),
    ...fact('pace', `about ${count(roughly(requests), 'request')}, with setting up and removing, ${pace}`),
    ...fact('time', `about ${roughTime(durationMs)}${longest}`),
  ]
  return lines.join('\n')
}

function creates({ containers, shares, inside, prefix }: ForecastView): string {
  const things = [
    ...(containers === 0 || inside !== undefined ? [] : [count(containers, 'container')]),
    ...(inside === undefined ? [] : [`blobs in the container ${inside}`]),
    ...(shares === 0 ? [] : [count(shares, 'share')]),
  ]
  return `${things.join(' and ')}, called ${prefix}-..., and removes them again; touches nothing else`
}

/** Two digits: more would promise more than is known. */
function roughly(value: number): number {
  return Number(value.toPrecision(2))
}

function roughTime(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1000)
  return seconds < 100 ? `${Math.max(1, roughly(seconds))} s` : `${Math.ceil(seconds / 60)} min`
}
