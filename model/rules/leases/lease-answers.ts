import type { LeaseAction } from '../../operation.ts'
import type { ResourceKind } from '../../resource.ts'
import { claim, doc, type Evidence, inferred } from '../evidence.ts'
import { type Counts, leasePage, recordedAs } from '../kind-evidence.ts'
import { contentUnchanged } from '../reported-headers.ts'
import { type HeaderClaim, header, type Outcome, refusal } from '../rule.ts'

/** Codes of lease operations. Release and renew say that the id is wrong where break and change say that there is no lease. */
export const MISMATCH = 'LeaseIdMismatchWithLeaseOperation'
export const NOT_PRESENT = 'LeaseNotPresentWithLeaseOperation'

/**
 * A lease operation that is refused: the page of the kind tells the status, tests and recordings the code, which the page of
 * error codes explains for blobs and containers only. Where nothing is known of this kind, the code is taken to be that of
 * containers, whose table shares and files have.
 */
export function conflict(kind: ResourceKind, code: string, ...known: readonly Evidence[]): Outcome {
  const explained = kind === 'blob' || kind === 'container' ? [doc('blob-error-codes')] : []
  const told = [...explained, ...known.filter((each) => each.kind !== 'doc')]
  return refusal(
    claim(409, doc(leasePage(kind)), ...known),
    claim(code, ...(told.length === 0 ? [inferred('as for a container')] : told)),
  )
}

/** How many successful lease operations were recorded with their headers, version 2012-02-12 and later. */
const RECORDED_ANSWERS: Readonly<Record<LeaseAction, Counts>> = {
  acquire: { blob: 3433, container: 2069, share: 178, 'share-snapshot': 4, file: 274 },
  renew: { blob: 417, container: 358, share: 26 },
  change: { blob: 335, container: 280, share: 20, file: 22 },
  release: { blob: 512, container: 420, share: 72, 'share-snapshot': 4, file: 33 },
  break: { blob: 581, container: 780, share: 38, file: 26 },
}

/**
 * The headers of a lease operation that succeeds. The lease id comes in its canonical spelling, and with the operations that
 * leave the lease held; the lease time comes with a break only, and with the release of a share.
 */
export function leaseHeaders(
  kind: ResourceKind,
  action: LeaseAction,
  time: readonly HeaderClaim[] = [],
): readonly HeaderClaim[] {
  const evidence = [doc(leasePage(kind)), ...recordedAs(kind, RECORDED_ANSWERS[action])]
  const holds = action === 'acquire' || action === 'renew' || action === 'change'
  return [
    header('x-ms-lease-id', claim(holds ? 'the lease id' : 'absent', ...evidence)),
    ...(action === 'break' ? time : [timeWithout(kind, action, evidence)]),
    ...contentUnchanged(kind, RECORDED_ANSWERS[action][kind] !== undefined),
  ]
}

function timeWithout(kind: ResourceKind, action: LeaseAction, evidence: readonly Evidence[]): HeaderClaim {
  const isShare = kind === 'share' || kind === 'share-snapshot'
  if (action !== 'release' || !isShare) return header('x-ms-lease-time', claim('absent', ...evidence))
  const known = recordedAs(kind, { share: 20, 'share-snapshot': 4 }, 'the page says that only a break answers it')
  return header('x-ms-lease-time', claim('0', ...known))
}
