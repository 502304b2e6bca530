import type { DocumentedClaim } from './documented-claim.ts'
import { BEYOND_CLAIMS } from './topics/beyond.ts'
import { BREAKING_CLAIMS } from './topics/breaking.ts'
import { CHANGING_CLAIMS } from './topics/changing.ts'
import { CLIENT_CLAIMS } from './topics/clients.ts'
import { CONDITION_CLAIMS } from './topics/conditions.ts'
import { COPY_CLAIMS } from './topics/copies-and-snapshots.ts'
import { DURATION_CLAIMS } from './topics/durations.ts'
import { EXPIRY_CLAIMS } from './topics/expiry.ts'
import { GUARDED_USE_CLAIMS } from './topics/guarded-uses.ts'
import { HEADER_CLAIMS } from './topics/headers.ts'
import { RELEASING_CLAIMS } from './topics/releasing.ts'
import { RENEWING_CLAIMS } from './topics/renewing.ts'
import { VERSION_CLAIMS } from './topics/versions.ts'
import { WRONG_ID_CLAIMS } from './topics/wrong-ids.ts'

/** Every claim, topic by topic; within a topic the most surprising stand first. */
export const CLAIMS: readonly DocumentedClaim[] = [
  ...WRONG_ID_CLAIMS,
  ...EXPIRY_CLAIMS,
  ...RENEWING_CLAIMS,
  ...BREAKING_CLAIMS,
  ...GUARDED_USE_CLAIMS,
  ...DURATION_CLAIMS,
  ...CHANGING_CLAIMS,
  ...RELEASING_CLAIMS,
  ...CONDITION_CLAIMS,
  ...COPY_CLAIMS,
  ...HEADER_CLAIMS,
  ...CLIENT_CLAIMS,
  ...VERSION_CLAIMS,
  ...BEYOND_CLAIMS,
]
