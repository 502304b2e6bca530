/**
 * Stops the run with exit status 3: the target could not be reached, died, or is not what it should be. The message says
 * what happened, what was expected, and what to do.
 */
export class TargetError extends Error {
  override readonly name: string = 'TargetError'
}

/** The server did not act at the instant it was told; whatever it answered proves nothing. Exit status 3. */
export class ClockError extends TargetError {
  override readonly name: string = 'ClockError'
}

/**
 * What a scenario needs was not created for sure: the server was too busy, or its answer never came. Whoever can begin anew, under
 * other names, does; else exit status 3.
 */
export class UnpreparedError extends TargetError {
  override readonly name: string = 'UnpreparedError'
}

/** Stops the run with exit status 2: wrong usage, or a configuration that cannot be used. The message says what to change. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}

/** A driver in a process of its own died, hangs, or does not keep to the protocol; what was heard of it proves nothing. Exit status 3. */
export class DriverError extends TargetError {
  override readonly name: string = 'DriverError'
}
