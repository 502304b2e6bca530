import type { MatrixPair } from '../../reports/matrix.ts'
import { EXIT, gravest } from '../cli/exit.ts'

/**
 * The exit status of a matrix: 1 if any pair showed something new, else 3 if any could not run; 2 if that was wrong usage for
 * all of them; 4 if leasecheck failed in any; 130 if it was interrupted.
 */
export function matrixStatus(pairs: readonly MatrixPair[], isInterrupted: boolean): number {
  const tried = pairs.filter(({ verdict }) => verdict !== 'left out' && verdict !== 'not run')
  const isUsage = tried.length > 0 && tried.every(({ exitStatus }) => exitStatus === EXIT.usage)
  const statuses = tried.map((pair) => (isUsage ? EXIT.usage : statusOfPair(pair)))
  return gravest(isInterrupted ? EXIT.interrupted : EXIT.nothingNew, ...statuses)
}

function statusOfPair({ exitStatus, verdict }: MatrixPair): number {
  switch (exitStatus) {
    case EXIT.leasecheck:
    case EXIT.somethingNew:
      return exitStatus
    case EXIT.nothingNew:
      // Its reports cannot be read, so what it says about itself is not enough.
      return verdict === 'could not run' ? EXIT.target : exitStatus
    case EXIT.interrupted:
      return EXIT.target
    default:
      return EXIT.target
  }
}
