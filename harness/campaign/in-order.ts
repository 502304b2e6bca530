/**
 * Runs many things at once and hands their results over in the order of the things, so that what a run reports does not
 * depend on which answer came first. At most `limit` are under way; results wait for those before them.
 */
export async function* inOrder<T, R>(
  things: Iterable<T>,
  limit: number,
  run: (thing: T) => Promise<R>,
): AsyncGenerator<R> {
  const waiting: Promise<R>[] = []
  const iterator = things[Symbol.iterator]()
  let underWay = 0
  let exhausted = false
  let stopped = false
  let wake: (() => void) | undefined
  const startMore = () => {
    while (!stopped && underWay < limit && waiting.length < limit * 4) {
      const next = iterator.next()
      if (next.done) {
        exhausted = true
        return
      }
      underWay++
      const running = run(next.value).finally(() => {
        underWay--
        startMore()
        wake?.()
      })
      running.catch(() => {})
      waiting.push(running)
    }
  }
  startMore()
  try {
    for (;;) {
      const first = waiting.shift()
      if (first === undefined) {
        if (exhausted || underWay === 0) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        continue
      }
      yield await first
      startMore()
    }
  } finally {
    // Whoever stops listening, or a failure, stops what has not been started.
    stopped = true
  }
}
