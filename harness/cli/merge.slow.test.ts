import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ResultEvent } from '../../reports/results.ts'
import { leasecheck, removeTemporaryFolders, resultsIn, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

const OF = 8

/** The default run of a target whole, in eight shards, and joined. */
async function threeWays(target: string) {
  const cwd = temporaryFolder()
  const run = async (...more: readonly string[]) => {
    const { status, stderr } = await leasecheck(['run', target, '--stable-output', ...more], { cwd })
    expect({ status, stderr }).toMatchObject({ status: 0 })
  }
  await run('--out', 'whole')
  for (let number = 1; number <= OF; number++) await run('--shard', `${number}/${OF}`, '--out', `shards/${number}`)
  const { status } = await leasecheck(['merge', 'shards', '--stable-output', '--out', 'joined'], { cwd })
  expect(status).toBe(0)
  const shards = Array.from({ length: OF }, (_, place) => resultsIn(cwd, `shards/${place + 1}`))
  return { cwd, whole: resultsIn(cwd, 'whole'), joined: resultsIn(cwd, 'joined'), shards }
}

/** What a verdict says, whatever led to it: divergences and how they count, what became of the baseline, what nobody knows. */
function verdictOf(events: readonly ResultEvent[]): readonly string[] {
  const told = events.flatMap((event) => {
    if (event.event === 'bucket') return [`${event.state} ${event.rule} ${event.field} ${event.observed}`]
    if (event.event === 'baseline-entry') return [`${event.state} ${event.rule} ${event.field} ${event.observed}`]
    return event.event === 'finding' ? [`finding ${event.rule} ${event.field} ${event.observed}`] : []
  })
  return told.sort()
}

function tokensOf(events: readonly ResultEvent[], ...origins: readonly string[]): readonly string[] {
  return events
    .flatMap((event) => (event.event === 'verdict' && origins.includes(event.origin) ? [event.scenario] : []))
    .sort()
}

type ThreeWays = Awaited<ReturnType<typeof threeWays>>

function expectSameVerdict({ whole, joined }: ThreeWays): void {
  expect(verdictOf(joined.events)).toEqual(verdictOf(whole.events))
  const { cells, rules, operations, buckets, entries, exitStatus, complete } = whole.footer!
  expect(joined.footer).toMatchObject({ cells, rules, operations, buckets, entries, exitStatus, complete })
  expect(joined.header.plan).toEqual(whole.header.plan)
  expect(tokensOf(joined.events, 'baseline')).toEqual(tokensOf(whole.events, 'baseline'))
}

describe('eight shards, joined, tell what a whole run tells', () => {
  test('of the reference server, on which nothing diverges: the same to the last number', async () => {
    const ways = await threeWays('reference')
    expectSameVerdict(ways)
    const { whole, joined, cwd } = ways
    expect(joined.footer).toEqual(whole.footer)
    const origins = ['tour', 'random', 'twins', 'hostile'] as const
    for (const origin of origins) expect(tokensOf(joined.events, origin)).toEqual(tokensOf(whole.events, origin))
    const [one, two] = ['whole', 'joined'].map((folder) => readFileSync(join(cwd, folder, 'cells.json'), 'utf8'))
    expect(two).toBe(one)
  }, 300_000)

  test('of Azurite, with all that is known of it', async () => {
    const ways = await threeWays('azurite')
    expectSameVerdict(ways)
    const { whole, joined, shards } = ways
    expect(whole.footer!.buckets.known).toBeGreaterThan(200)
    // A shard knows less of what stands in its way than a whole run, so it plays some more.
    expect(joined.footer!.requests).toBeLessThan(whole.footer!.requests * 1.2)
    for (const { footer } of shards) expect(footer!.requests).toBeLessThan((whole.footer!.requests / OF) * 1.5)
  }, 300_000)
})
