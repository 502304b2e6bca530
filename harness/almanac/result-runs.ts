/**
 * The runs that the committed results of a target are made of, each by the flags of `leasecheck run`. None is planned around a
 * baseline, so results depend on the model and the target alone.
 */
export const RESULT_RUNS = {
  /** The whole tour, and enough random scenarios to meet the same cells again in other ways. */
  full: ['--baseline', 'none', '--runs', '2000'],
  /** A run of seconds, part of the results so that a test may hold them against it: it shows nothing that they do not have. */
  sample: ['--baseline', 'none', '--only', 'renew'],
} as const satisfies Record<string, readonly string[]>
