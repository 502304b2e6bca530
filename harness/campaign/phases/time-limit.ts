/** When a run has to begin nothing new: an instant of `performance.now()`, or never. */
export type TimeLimit = number | undefined

export function isTimeUp(untilMs: TimeLimit): boolean {
  return untilMs !== undefined && performance.now() >= untilMs
}

/** Things as long as there is time for them. */
export function* untilTimeIsUp<T>(things: readonly T[], untilMs: TimeLimit): Generator<T> {
  for (const thing of things) {
    if (isTimeUp(untilMs)) return
    yield thing
  }
}
