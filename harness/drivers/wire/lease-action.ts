import type { ResourceKind } from '../../../model/resource.ts'
import { comp, shape, type WireShape } from './shape.ts'

const LEASE = comp('lease')

/**
 * Lease requests by what is leased; the action is a header, like everything else that differs.
 * Sources: Lease Blob, Lease Container, Lease Share, Lease File.
 */
export const LEASE_SHAPE_OF: Readonly<Record<ResourceKind, WireShape>> = {
  blob: shape('PUT', [LEASE]),
  'blob-snapshot': shape('PUT', [LEASE]),
  container: shape('PUT', [['restype', 'container'], LEASE]),
  share: shape('PUT', [['restype', 'share'], LEASE]),
  'share-snapshot': shape('PUT', [['restype', 'share'], LEASE]),
  file: shape('PUT', [LEASE]),
}
