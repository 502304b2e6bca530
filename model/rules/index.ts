import { RESOURCE_KINDS } from '../resource.ts'
import { acquireRules } from './acquire.ts'
import { blobSnapshotRules } from './blob-snapshot.ts'
import { breakRules } from './break.ts'
import { changeRules } from './change.ts'
import { conditionRules } from './conditions.ts'
import { effectRules } from './effects.ts'
import { existenceRules } from './existence.ts'
import { fileEffectRules } from './file-effects.ts'
import { fileLeaseRules } from './file-leases.ts'
import { fileExistenceRules, fileUseRules } from './file-uses.ts'
import { releaseRules } from './release.ts'
import { renameRules } from './rename.ts'
import { renewRules } from './renew.ts'
import type { Rule } from './rule.ts'
import { shareEffectRules } from './share-effects.ts'
import { shareExistenceRules, shareSnapshotExistenceRules } from './share-existence.ts'
import { shareUseRules } from './share-uses.ts'
import { syntaxRules } from './syntax.ts'
import { undeleteRules } from './undelete.ts'
import { leaseOperationsPass, useRules } from './uses.ts'
import { inEveryVersion } from './versions.ts'

const BLOB_AND_CONTAINER_RULES: readonly Rule[] = (['blob', 'container'] as const).flatMap((kind) => [
  ...existenceRules(kind),
  leaseOperationsPass(kind),
  ...useRules(kind),
  ...acquireRules(kind),
  ...renewRules(kind),
  ...changeRules(kind),
  ...releaseRules(kind),
  ...breakRules(kind),
  ...effectRules(kind),
  ...(kind === 'blob' ? [...undeleteRules(), ...blobSnapshotRules()] : []),
])

const SHARE_RULES: readonly Rule[] = [
  ...shareExistenceRules(),
  ...shareSnapshotExistenceRules(),
  ...(['share', 'share-snapshot'] as const).flatMap((kind) => [
    ...shareUseRules(kind),
    ...acquireRules(kind),
    ...renewRules(kind),
    ...changeRules(kind),
    ...releaseRules(kind),
    ...breakRules(kind),
    ...shareEffectRules(kind),
  ]),
]

const FILE_RULES: readonly Rule[] = [
  ...fileExistenceRules(),
  ...fileUseRules(),
  ...fileLeaseRules(),
  ...fileEffectRules(),
  ...renameRules(),
]

/** Everything we hold to be true of Azure Storage leases. */
export const RULES: readonly Rule[] = inEveryVersion([
  ...RESOURCE_KINDS.flatMap((kind) => [...syntaxRules(kind), ...conditionRules(kind)]),
  ...BLOB_AND_CONTAINER_RULES,
  ...SHARE_RULES,
  ...FILE_RULES,
])
