/** A part of a run: the third of eight, say. Counted from 1, as people and CI matrices do. */
export interface Shard {
  readonly number: number
  readonly of: number
}

/**
 * What falls to a shard, dealt out like cards: what stands next to each other is often alike, and so goes to different
 * shards. Without a shard it is everything.
 * @param dealtBefore how many things have been dealt before these
 */
export function dealt<T>(things: readonly T[], shard: Shard | undefined, dealtBefore = 0): readonly T[] {
  if (shard === undefined) return things
  return things.filter((_, place) => isDealtTo(shard, dealtBefore + place))
}

/** Whether the thing at a place, counted from 0, falls to a shard. */
export function isDealtTo({ number, of }: Shard, place: number): boolean {
  return place % of === number - 1
}

/** How many of so many things fall to a shard. */
export function dealtOf(things: number, shard: Shard | undefined): number {
  return shard === undefined ? things : Math.floor((things + shard.of - shard.number) / shard.of)
}

/** As it is written on the command line and in results: 3/8. */
export function shardText({ number, of }: Shard): string {
  return `${number}/${of}`
}
