/** One request as it went over the wire, and what came back. Plain data: it is handed to the stub server as JSON. */
export interface RecordedExchange {
  /** The number of the scenario, from the name of its container. */
  readonly scenario: number
  readonly origin: string
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  /** With the query. */
  readonly path: string
  /** Names in lower case and values in turn. */
  readonly headers: readonly string[]
  readonly body: string
  readonly status: number
  /** Names and values in turn. */
  readonly answerHeaders: readonly string[]
  readonly answerBody: string
}

/** The containers of a bench are named so, and numbered in the order of the scenarios. */
export function benchPrefix(pass: string): string {
  return `leasecheck-bench-${pass}`
}

/** The number of the scenario that owns a request's container; undefined if it is not of a bench. */
export function scenarioOf(path: string): number | undefined {
  const named = /leasecheck-bench-[a-z0-9]+-(\d+)/.exec(path)
  return named === null ? undefined : Number(named[1])
}
