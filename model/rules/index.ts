import { RESOURCE_KINDS, type ResourceKind } from '../resource.ts'
import { blobEffectRules } from './blobs/blob-effects.ts'
import { blobExistenceRules } from './blobs/blob-existence.ts'
import { blobSnapshotRules } from './blobs/blob-snapshot.ts'
import { blobUseRules } from './blobs/blob-uses.ts'
import { copyEffectRules, copyUseRules } from './blobs/copies.ts'
import { stagingRules } from './blobs/staging.ts'
import { undeleteRules } from './blobs/undelete.ts'
import { containerEffectRules } from './containers/container-effects.ts'
import { containerExistenceRules } from './containers/container-existence.ts'
import { containerUseRules } from './containers/container-uses.ts'
import { fileEffectRules } from './files/file-effects.ts'
import { fileExistenceRules } from './files/file-existence.ts'
import { fileUseRules } from './files/file-uses.ts'
import { renameRules } from './files/rename.ts'
import { conditionRules } from './headers/conditions.ts'
import { syntaxRules } from './headers/syntax.ts'
import { acquireRules } from './leases/acquire.ts'
import { breakRules } from './leases/break.ts'
import { changeRules } from './leases/change.ts'
import { fileLeaseRules } from './leases/file-leases.ts'
import { releaseRules } from './leases/release.ts'
import { renewRules } from './leases/renew.ts'
import type { Rule } from './rule.ts'
import { shareEffectRules } from './shares/share-effects.ts'
import { shareExistenceRules, shareSnapshotExistenceRules } from './shares/share-existence.ts'
import { shareUseRules } from './shares/share-uses.ts'
import { inEveryVersion } from './versions/versions.ts'

/** Leases of everything but files, which have tables of their own. */
function leaseRules(kind: ResourceKind): readonly Rule[] {
  return [...acquireRules(kind), ...renewRules(kind), ...changeRules(kind), ...releaseRules(kind), ...breakRules(kind)]
}

const BLOB_RULES: readonly Rule[] = [
  ...blobExistenceRules(),
  ...blobUseRules(),
  ...copyUseRules(),
  ...leaseRules('blob'),
  ...blobEffectRules(),
  ...stagingRules(),
  ...copyEffectRules(),
  ...undeleteRules(),
  ...blobSnapshotRules(),
]

const CONTAINER_RULES: readonly Rule[] = [
  ...containerExistenceRules(),
  ...containerUseRules(),
  ...leaseRules('container'),
  ...containerEffectRules(),
]

const SHARE_RULES: readonly Rule[] = [
  ...shareExistenceRules(),
  ...shareSnapshotExistenceRules(),
  ...(['share', 'share-snapshot'] as const).flatMap((kind) => [
    ...shareUseRules(kind),
    ...leaseRules(kind),
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
  ...BLOB_RULES,
  ...CONTAINER_RULES,
  ...SHARE_RULES,
  ...FILE_RULES,
])
