/** A baseline that is there to be used. */
export interface AvailableBaseline {
  readonly target: string
  /** Empty: for whatever version, since the target comes with leasecheck itself. */
  readonly targetVersion: string
  /** Who sent the requests: what one client library gets wrong says nothing of another. */
  readonly driver: string
  readonly file: string
  /** Whether it was made with a SAS, and of which kind; absent: with whatever permits everything. */
  readonly sas?: 'account' | 'service' | undefined
}

/** The baseline that fits best; `exact` if it was made for this very version. */
export interface ChosenBaseline extends AvailableBaseline {
  readonly exact: boolean
}

/**
 * The baseline for a version of a target, else the one for the nearest older version, since what an older version got wrong
 * is the best guess; never a newer one, and never another target's or driver's. A version without numbers (`latest`) has no older one.
 */
export function chooseBaseline(
  available: readonly AvailableBaseline[],
  target: string,
  version: string,
  driver: string,
): ChosenBaseline | undefined {
  const ofTarget = available.filter((each) => each.target === target && each.driver === driver)
  const exact = ofTarget.find((each) => each.targetVersion === version || each.targetVersion === '')
  if (exact !== undefined) return { ...exact, exact: true }
  const wanted = parsed(version)
  if (wanted === undefined) return undefined
  const older = ofTarget.flatMap((each) => {
    const found = parsed(each.targetVersion)
    return found !== undefined && compare(found, wanted) <= 0 ? [{ each, found }] : []
  })
  const nearest = older.sort((a, b) => compare(b.found, a.found))[0]
  return nearest === undefined ? undefined : { ...nearest.each, exact: false }
}

interface Version {
  readonly numbers: readonly number[]
  /** What follows a hyphen: it makes a version older than the same one without. */
  readonly preview: string | undefined
}

function parsed(version: string): Version | undefined {
  const read = /^v?(\d+(?:\.\d+)*)(?:-([^+]*))?(?:\+.*)?$/.exec(version)
  return read === null ? undefined : { numbers: read[1]!.split('.').map(Number), preview: read[2] }
}

function compare(a: Version, b: Version): number {
  for (let place = 0; place < Math.max(a.numbers.length, b.numbers.length); place++) {
    const difference = (a.numbers[place] ?? 0) - (b.numbers[place] ?? 0)
    if (difference !== 0) return difference
  }
  if (a.preview === b.preview) return 0
  if (a.preview === undefined) return 1
  if (b.preview === undefined) return -1
  return a.preview.localeCompare(b.preview, 'en', { numeric: true })
}
