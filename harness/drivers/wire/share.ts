import { METADATA, NO_POLICIES, XML_TYPE } from './content.ts'
import { comp, type Parameter, type Shapes, shape } from './shape.ts'

const SHARE: Parameter = ['restype', 'share']
/** Gibibytes: the least that premium accounts take, and below the most of any account. Source: Set Share Properties. */
const QUOTA = ['x-ms-share-quota', '100']

/** Requests about a share. Sources: the REST pages named by the titles of the operations. */
export const SHARE_SHAPES = {
  getShareProperties: shape('GET', [SHARE]),
  getShareMetadata: shape('GET', [SHARE, comp('metadata')]),
  getShareAcl: shape('GET', [SHARE, comp('acl')]),
  getShareStats: shape('GET', [SHARE, comp('stats')]),
  listShares: shape('GET', [comp('list')]),
  snapshotShare: shape('PUT', [SHARE, comp('snapshot')]),
  setShareMetadata: shape('PUT', [SHARE, comp('metadata')], { headers: METADATA }),
  setShareProperties: shape('PUT', [SHARE, comp('properties')], { headers: QUOTA }),
  setShareAcl: shape('PUT', [SHARE, comp('acl')], { headers: XML_TYPE, body: NO_POLICIES }),
  createShare: shape('PUT', [SHARE]),
  deleteShare: shape('DELETE', [SHARE]),
  leaseShare: shape('PUT', [SHARE, comp('lease')]),
} as const satisfies Shapes

/** Requests about a snapshot of a share; the address names the snapshot. */
export const SHARE_SNAPSHOT_SHAPES = {
  getShareSnapshotProperties: shape('GET', [SHARE]),
  deleteShareSnapshot: shape('DELETE', [SHARE]),
} as const satisfies Shapes
