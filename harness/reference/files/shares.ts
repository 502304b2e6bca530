import { policiesElement, readPolicies } from '../access-policies.ts'
import { type Answer, done, invalidHeader, isRefusal, type Refusal, refusal, xmlBody } from '../answer.ts'
import type { Call } from '../call.ts'
import { httpDate } from '../ledger.ts'
import { metadataHeaders, readMetadata } from '../metadata.ts'
import type { StorageRequest } from '../request.ts'
import { numberHeader } from '../whole-number.ts'
import { element, XML_HEAD } from '../xml.ts'
import { rootDirectory } from './directories.ts'
import { isShareName, onShare, type SharePlace } from './place.ts'
import type { ShareProperties } from './store.ts'

const MOST_QUOTA_GIB = 102_400
const ACCESS_TIERS = ['TransactionOptimized', 'Hot', 'Cool', 'Premium']
const PROTOCOLS = ['SMB', 'NFS']

export function createShare(call: Call): Answer {
  if (!isShareName(call.request.address.root)) return refusal(400, 'InvalidResourceName')
  return onShare(call, 'createShare', ({ name }) => {
    const { request, account } = call
    const metadata = readMetadata(request)
    if (isRefusal(metadata)) return metadata
    const properties = readShareProperties(request, {
      metadata,
      quotaGiB: MOST_QUOTA_GIB,
      accessTier: ACCESS_TIERS[0]!,
      accessTierChangedMs: request.nowMs,
      protocols: 'SMB',
      rootSquash: undefined,
    })
    if (isRefusal(properties)) return properties
    const tree = new Map([['', rootDirectory(request.nowMs)]])
    account.files.shares.set(name, { name, properties, policies: [], permissions: [], tree, snapshots: new Map() })
    return done()
  })
}

export function getShareProperties(call: Call): Answer {
  const isSnapshot = call.request.query.has('sharesnapshot')
  return onShare(call, isSnapshot ? 'getShareSnapshotProperties' : 'getShareProperties', (place) =>
    done(shareHeaders(propertiesOf(place))),
  )
}

/** A snapshot's metadata is read like its properties. */
export function getShareMetadata(call: Call): Answer {
  const isSnapshot = call.request.query.has('sharesnapshot')
  return onShare(call, isSnapshot ? 'getShareSnapshotProperties' : 'getShareMetadata', (place) =>
    done(metadataHeaders(propertiesOf(place).metadata)),
  )
}

export function setShareMetadata(call: Call): Answer {
  return onShare(call, 'setShareMetadata', ({ share }) => {
    const metadata = readMetadata(call.request)
    if (isRefusal(metadata)) return metadata
    share!.properties = { ...share!.properties, metadata }
    return done()
  })
}

export function setShareProperties(call: Call): Answer {
  return onShare(call, 'setShareProperties', ({ share }) => {
    const properties = readShareProperties(call.request, share!.properties)
    if (isRefusal(properties)) return properties
    share!.properties = properties
    return done()
  })
}

export function getShareAcl(call: Call): Answer {
  return onShare(call, 'getShareAcl', ({ share }) => xmlBody(200, XML_HEAD + policiesElement(share!.policies)))
}

export function setShareAcl(call: Call): Answer {
  return onShare(call, 'setShareAcl', ({ share }) => {
    const policies = readPolicies(call.body)
    if (isRefusal(policies)) return policies
    share!.policies = policies
    return done()
  })
}

export function getShareStats(call: Call): Answer {
  return onShare(call, 'getShareStats', ({ share }) => {
    let bytes = 0
    for (const entry of share!.tree.values()) if (entry.type === 'file') bytes += entry.bytes.sizeBytes
    return xmlBody(200, `${XML_HEAD}<ShareStats>${element('ShareUsageBytes', bytes)}</ShareStats>`)
  })
}

function propertiesOf({ share, snapshot }: SharePlace): ShareProperties {
  return snapshot === undefined ? share!.properties : share!.snapshots.get(snapshot)!.properties
}

function shareHeaders({ metadata, quotaGiB, rootSquash, ...properties }: ShareProperties): Record<string, string> {
  return {
    ...metadataHeaders(metadata),
    'x-ms-share-quota': String(quotaGiB),
    'x-ms-access-tier': properties.accessTier,
    'x-ms-access-tier-change-time': httpDate(properties.accessTierChangedMs),
    'x-ms-enabled-protocols': properties.protocols,
    ...(rootSquash === undefined ? {} : { 'x-ms-root-squash': rootSquash }),
  }
}

/** Reads quota, tier, protocols and root squash; what is not sent stays as it was. */
function readShareProperties(request: StorageRequest, before: ShareProperties): ShareProperties | Refusal {
  const { headers, nowMs } = request
  const quotaGiB = numberHeader(request, 'x-ms-share-quota') ?? before.quotaGiB
  if (typeof quotaGiB !== 'number') return quotaGiB
  if (quotaGiB < 1 || quotaGiB > MOST_QUOTA_GIB) return invalidHeader('x-ms-share-quota', String(quotaGiB))
  const tierText = headers['x-ms-access-tier']
  const accessTier =
    tierText === undefined
      ? before.accessTier
      : ACCESS_TIERS.find((tier) => tier.toLowerCase() === tierText.toLowerCase())
  if (accessTier === undefined) return invalidHeader('x-ms-access-tier', tierText!)
  const protocols = headers['x-ms-enabled-protocols'] ?? before.protocols
  if (!PROTOCOLS.includes(protocols)) return invalidHeader('x-ms-enabled-protocols', protocols)
  const rootSquash = headers['x-ms-root-squash'] ?? before.rootSquash
  const accessTierChangedMs = tierText === undefined ? before.accessTierChangedMs : nowMs
  return { ...before, quotaGiB, accessTier, accessTierChangedMs, protocols, rootSquash }
}
