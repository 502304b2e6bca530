import { describe, expect, test } from 'vitest'
import { SAMPLE_HEADER } from '../../../reports/sample-events.ts'
import { misfitOf } from './misfits.ts'
import type { ShardResults } from './shard-results.ts'

type Header = ShardResults['header']

const SHARD: Header['shard'] = {
  number: 1,
  of: 3,
  whole: { scenarios: 9, requests: 90, readBacks: 30 },
  random: 40,
  thorough: false,
  hostile: true,
  failOnGone: false,
  planDigest: 'p',
  baselineDigest: null,
}

function shard(number: number, more: Partial<Header> = {}, shardMore: Partial<Header['shard']> = {}) {
  const header: Header = { ...SAMPLE_HEADER, ...more, shard: { ...SHARD, number, ...shardMore } }
  return { file: `${number}.ndjson`, header }
}

test('all shards of a run, in any order, fit', () => {
  expect(misfitOf([shard(3), shard(1), shard(2, { startedAt: '2027-01-01T00:00:00.000Z' })])).toBeUndefined()
})

describe('shards of different runs are told apart by', () => {
  const { target } = SAMPLE_HEADER
  const cases: readonly (readonly [what: string, Partial<Header>, Partial<Header['shard']>])[] = [
    ['the version of leasecheck is 0.1.0 in the one and 0.0.9', { leasecheck: '0.0.9' }, {}],
    ['the target is azurite in the one and reference', { target: { ...target, name: 'reference' } }, {}],
    ['the version of the target is 3.37.0 in the one and 3.0.0', { target: { ...target, version: '3.0.0' } }, {}],
    ['the address of the target', { target: { ...target, url: 'http://127.0.0.1:1/b' } }, {}],
    ['--driver is rest in the one and js', { driver: 'js' }, {}],
    ['the client library is none in the one and @azure/storage-blob 12', { client: '@azure/storage-blob 12' }, {}],
    ['the credential is none in the one and account SAS', { credential: 'account SAS' }, {}],
    ['the API version', { apiVersion: '2015-04-05' }, {}],
    ['the clock', { clock: 'wall' }, {}],
    ['--seed is 1 in the one and 2', { seed: 2 }, {}],
    ['--kinds is blob container in the one and blob', { kinds: ['blob'] }, {}],
    ['--only is none in the one and renew', { only: ['renew'] }, {}],
    ['--strict is not given in the one and given', { strict: true }, {}],
    ['the number of shards is 3 in the one and 4', {}, { of: 4 }],
    ['--runs', {}, { random: 41 }],
    ['--budget', {}, { budgetMs: 1000 }],
    ['--thorough', {}, { thorough: true }],
    ['--hostile', {}, { hostile: false }],
    ['--fail-on-gone', {}, { failOnGone: true }],
    ['the digest of the baseline is none in the one and b', {}, { baselineDigest: 'b' }],
    ['the digest of rules and plan is p in the one and q', {}, { planDigest: 'q' }],
  ]
  test.each(cases)('%s', (what, more, shardMore) => {
    const misfit = misfitOf([shard(1), shard(2), shard(3, more, shardMore)])
    expect(misfit).toContain(`1.ndjson and 3.ndjson are not of the same run: ${what}`)
  })
})

test('a shard that comes twice is named with both its files', () => {
  const again = { ...shard(2), file: 'again.ndjson' }
  expect(misfitOf([shard(1), shard(2), again])).toBe(
    '2.ndjson and again.ndjson are both of shard 2/3; leave one of them out',
  )
})

test('shards that are missing are named', () => {
  expect(misfitOf([shard(1), shard(3)])).toContain('no results of shard 2/3; run it')
  expect(misfitOf([shard(2)])).toContain('no results of shards 1/3, 3/3; run them')
})
