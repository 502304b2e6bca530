import type { ResourceKind } from '../../resource.ts'
import { claim, doc, type Evidence, inferred, inPart, liveTrace, open, recorded, sdkTest } from '../evidence.ts'
import { type Outcome, refusal } from '../rule.ts'

/** The codes of a header that is malformed, and of one that is missing. */
export const INVALID = 'InvalidHeaderValue'
export const MISSING = 'MissingRequiredHeader'

/** The codes that a header may get which the operation does not know. */
export const UNKNOWN_HEADER: readonly string[] = [INVALID, 'UnsupportedHeader', 'InvalidInput']

/** The faulty headers that somebody has seen the service refuse. */
export type Fault =
  | 'malformed id on renew or release'
  | 'malformed id on change'
  | 'malformed proposal on acquire'
  | 'malformed proposal on change'
  | 'malformed id and proposal on change'
  | 'missing proposal on change'
  | 'missing duration'
  | 'duration out of range'
  | 'duration of many digits'
  | 'fixed duration'
  | 'malformed id on a use'

const BEFORE_THE_STATE = 'before the state of the lease is looked at'
const WITHOUT_COUNT = 'the recordings kept the answer, 400 InvalidHeaderValue, and not the header, which the test names'
const IS_A_GUID = 'the answer to a proposed lease id that is no GUID'
const JAVA_BLOB = sdkTest('java-blob-lease-tests', WITHOUT_COUNT)
const JAVA_SHARE = sdkTest('java-share-lease-tests', WITHOUT_COUNT)

const SEEN: Readonly<Partial<Record<ResourceKind, Readonly<Partial<Record<Fault, readonly Evidence[]>>>>>> = {
  blob: {
    'malformed id on renew or release': [recorded(8, BEFORE_THE_STATE)],
    'malformed proposal on acquire': [recorded(4), doc('lease-blob', IS_A_GUID)],
    'malformed proposal on change': [recorded(4), doc('lease-blob', IS_A_GUID)],
    'malformed id and proposal on change': [JAVA_BLOB],
    'missing proposal on change': [sdkTest('cpp-v7-lease-tests')],
    'missing duration': [liveTrace('azure-sdk-for-go-577')],
    'duration out of range': [JAVA_BLOB],
    'malformed id on a use': [inPart(recorded(7, 'on Snapshot Blob, Query Blob Contents and Get Blob Tags'))],
  },
  container: {
    'malformed id on renew or release': [JAVA_BLOB],
    'malformed id on change': [JAVA_BLOB],
    'malformed proposal on acquire': [doc('lease-container', IS_A_GUID)],
    'malformed proposal on change': [doc('lease-container', IS_A_GUID)],
    'malformed id and proposal on change': [JAVA_BLOB],
    'missing proposal on change': [sdkTest('cpp-v7-lease-tests')],
    'duration out of range': [JAVA_BLOB],
    'duration of many digits': [recorded(5, '922337203685 s')],
    'malformed id on a use': [inPart(recorded(20, 'on Delete Container and Set Container ACL'))],
  },
  share: {
    'malformed id on renew or release': [JAVA_SHARE],
    'duration out of range': [JAVA_SHARE],
  },
  file: {
    'malformed id on renew or release': [JAVA_SHARE],
    'malformed id and proposal on change': [JAVA_SHARE],
    'fixed duration': [recorded(2, '20 s')],
  },
}

/** What is known of a fault beyond the documents that hold for every kind of resource. */
export function seen(kind: ResourceKind, fault: Fault): readonly Evidence[] {
  return SEEN[kind]?.[fault] ?? []
}

/** The refusal of an empty header that may as well count as not sent. */
export function refusedIfEmptyCounts(): Outcome {
  return refusal(
    claim(400, inferred('no text is no valid value, unless it counts as no header')),
    open([INVALID, MISSING, 'InvalidInput']),
  )
}

/** The refusal of a header that the operation does not know and that may as well be ignored. */
export function refusedIfLookedAt(why: string): Outcome {
  return refusal(claim(400, inferred(why)), open(UNKNOWN_HEADER))
}
