/** An instant: milliseconds since the Unix epoch, by the clock of whoever observes. */
export type Instant = number

/**
 * All the instants at which something may have happened, both ends included. Virtual time knows the exact instant, so both
 * ends coincide; on wall time the server acted somewhere between sending and answering.
 */
export interface Span {
  readonly earliestMs: Instant
  readonly latestMs: Instant
}

/** The span that holds exactly one instant. */
export function at(instant: Instant): Span {
  return { earliestMs: instant, latestMs: instant }
}

/**
 * The span `seconds` after `span`. `drift` is the rate by which the server's clock may run faster or slower than ours
 * (0.001 = 0.1 %): deadlines count from the server's own acts, so an offset cancels and only drift widens them.
 */
export function later(span: Span, seconds: number, drift: number): Span {
  const ms = seconds * 1000
  return { earliestMs: span.earliestMs + ms * (1 - drift), latestMs: span.latestMs + ms * (1 + drift) }
}
