import { RESOURCE_KINDS } from '../resource.ts'
import { acquireRules } from './acquire.ts'
import { breakRules } from './break.ts'
import { changeRules } from './change.ts'
import { effectRules } from './effects.ts'
import { existenceRules } from './existence.ts'
import { releaseRules } from './release.ts'
import { renewRules } from './renew.ts'
import type { Rule } from './rule.ts'
import { syntaxRules } from './syntax.ts'
import { leaseOperationsPass, useRules } from './uses.ts'

/** Everything we hold to be true of Azure Storage leases. */
export const RULES: readonly Rule[] = RESOURCE_KINDS.flatMap((kind) => [
  ...syntaxRules(kind),
  ...existenceRules(kind),
  leaseOperationsPass(kind),
  ...useRules(kind),
  ...acquireRules(kind),
  ...renewRules(kind),
  ...changeRules(kind),
  ...releaseRules(kind),
  ...breakRules(kind),
  ...effectRules(kind),
])
