import { shardText } from '../shards/shard.ts'
import type { ShardResults } from './shard-results.ts'

type Told = Pick<ShardResults, 'file' | 'header'>

/** What all shards of a run have in common. */
const COMMON: readonly (readonly [what: string, of: (header: Told['header']) => unknown])[] = [
  ['the version of leasecheck', ({ leasecheck }) => leasecheck],
  ['the target', ({ target }) => target.name],
  ['the version of the target', ({ target }) => target.version],
  ['the address of the target', ({ target }) => target.url],
  ['--driver', ({ driver }) => driver],
  ['the client library', ({ client }) => client],
  ['the credential', ({ credential }) => credential],
  ['the API version', ({ apiVersion }) => apiVersion],
  ['the clock', ({ clock }) => clock],
  ['--seed', ({ seed }) => seed],
  ['--kinds', ({ kinds }) => kinds],
  ['--only', ({ only }) => only],
  ['--strict', ({ strict }) => strict],
  ['the number of shards', ({ shard }) => shard.of],
  ['--runs', ({ shard }) => shard.random],
  ['--budget', ({ shard }) => shard.budgetMs],
  ['--thorough', ({ shard }) => shard.thorough],
  ['--hostile', ({ shard }) => shard.hostile],
  ['--fail-on-gone', ({ shard }) => shard.failOnGone],
  ['the digest of the baseline', ({ shard }) => shard.baselineDigest],
  ['the digest of rules and plan', ({ shard }) => shard.planDigest],
]

/** Why some results are not those of all shards of one run, each once: one sentence; undefined if they are. */
export function misfitOf(shards: readonly Told[]): string | undefined {
  return mixture(shards) ?? duplicate(shards) ?? gap(shards)
}

function mixture([first, ...others]: readonly Told[]): string | undefined {
  for (const other of others)
    for (const [what, of] of COMMON) {
      const [one, two] = [first!, other].map(({ header }) => told(of(header)))
      if (one !== two)
        return `${first!.file} and ${other.file} are not of the same run: ${what} is ${one} in the one and ${two} in the other; run all shards from the same commit and with the same options`
    }
  return undefined
}

function duplicate(shards: readonly Told[]): string | undefined {
  const byNumber = Map.groupBy(shards, ({ header }) => header.shard.number)
  const twice = [...byNumber.values()].find(({ length }) => length > 1)
  if (twice === undefined) return undefined
  const [one, two] = twice
  return `${one!.file} and ${two!.file} are both of shard ${shardText(one!.header.shard)}; leave one of them out`
}

function gap(shards: readonly Told[]): string | undefined {
  const { of } = shards[0]!.header.shard
  const present = new Set(shards.map(({ header }) => header.shard.number))
  const missing = Array.from({ length: of }, (_, place) => place + 1).filter((number) => !present.has(number))
  const named = missing.map((number) => shardText({ number, of })).join(', ')
  if (missing.length === 0) return undefined
  return missing.length === 1
    ? `there are no results of shard ${named}; run it, or name the folder that it left`
    : `there are no results of shards ${named}; run them, or name the folders that they left`
}

function told(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  if (value === true) return 'given'
  if (value === false) return 'not given'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(' ')
  return String(value)
}
