import { expect, test } from 'vitest'
import { type ForecastView, renderForecast } from './forecast.ts'

const view: ForecastView = {
  prefix: 'leasecheck-abcde',
  containers: 1,
  shares: 1_203,
  requests: 27_431,
  maxPerSecond: 95,
  durationMs: 700_400,
  longestMs: 205_000,
}

test('what a run is going to do to a server that is not ours', () => {
  expect(renderForecast(view)).toBe(
    [
      '  creates       1 container and 1,203 shares, called leasecheck-abcde-..., and removes them again;',
      '                touches nothing else',
      '  pace          about 27,000 requests, with setting up and removing, at most 95 a second',
      '  time          about 12 min; the longest scenario alone takes 3 min 25 s',
    ].join('\n'),
  )
})

test('inside a container that is there, as fast as it answers, on virtual time', () => {
  const inside = renderForecast({
    ...view,
    inside: 'theirs',
    shares: 0,
    maxPerSecond: undefined,
    durationMs: 4_200,
    longestMs: 0,
  })
  expect(inside).toContain('creates       blobs in the container theirs, called leasecheck-abcde-...')
  expect(inside).toContain('setting up and removing, as fast as it answers')
  expect(inside).toMatch(/time {10}about 5 s$/)
})
