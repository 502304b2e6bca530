import { LEASE_ACTIONS } from '../operation.ts'
import type { ResourceKind } from '../resource.ts'
import { blobUseRules } from './blob-uses.ts'
import { containerUseRules } from './container-uses.ts'
import { copyUseRules } from './copies.ts'
import { type Rule, rulesOf } from './rule.ts'

/** Whether the lease lets a use through. Codes of containers name the container, those of blobs the blob. */
export function useRules(kind: 'blob' | 'container'): readonly Rule[] {
  return kind === 'blob' ? [...blobUseRules(), ...copyUseRules()] : containerUseRules()
}

/** Lease operations are not uses: the layer has nothing to say about them. */
export function leaseOperationsPass(kind: ResourceKind): Rule {
  return rulesOf(kind, 'lease', 'lease')('lease-operation', LEASE_ACTIONS, {})
}
