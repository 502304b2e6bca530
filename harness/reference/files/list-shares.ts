import { type Answer, isRefusal, xmlBody } from '../answer.ts'
import { byCodeUnits, leaseElements } from '../blobs/list-blobs.ts'
import type { Call } from '../call.ts'
import { httpDate } from '../ledger.ts'
import { page, readListQuery } from '../listing.ts'
import { element, escaped, XML_HEAD } from '../xml.ts'
import { shareSnapshotName } from './place.ts'
import type { ShareProperties } from './store.ts'

interface Listed {
  readonly name: string
  readonly snapshot?: string
  readonly properties: ShareProperties
}

/** List Shares. It takes no lease id, and of leases it only reports. */
export function listShares(call: Call): Answer {
  const { account, request } = call
  const query = readListQuery(request)
  if (isRefusal(query)) return query
  const all: Listed[] = []
  const shares = [...account.files.shares.values()].filter(({ name }) => name.startsWith(query.prefix))
  for (const { name, properties, snapshots } of shares.sort((left, right) => byCodeUnits(left.name, right.name))) {
    if (query.include.has('snapshots')) {
      for (const [snapshot, taken] of snapshots) all.push({ name, snapshot, properties: taken.properties })
    }
    all.push({ name, properties })
  }
  const listed = page(all, query)
  const entries = listed.entries.map((each) => shareElement(call, each, query.include.has('metadata'))).join('')
  const endpoint = `http://${request.headers.host ?? ''}/${account.credential.account}/`
  return xmlBody(
    200,
    `${XML_HEAD}<EnumerationResults ServiceEndpoint="${escaped(endpoint)}">${query.echo}<Shares>${entries}</Shares>${element('NextMarker', listed.next ?? '')}</EnumerationResults>`,
  )
}

function shareElement(
  { account, request }: Call,
  { name, snapshot, properties }: Listed,
  withMetadata: boolean,
): string {
  const resourceName = snapshot === undefined ? name : shareSnapshotName(name, snapshot)
  const kind = snapshot === undefined ? 'share' : 'share-snapshot'
  const { lastModified, etag, lease } = account.files.ledger.resource({ name: resourceName, kind })
  const shown =
    element('Last-Modified', lastModified) +
    element('Etag', etag) +
    element('Quota', properties.quotaGiB) +
    element('AccessTier', properties.accessTier) +
    element('AccessTierChangeTime', httpDate(properties.accessTierChangedMs)) +
    leaseElements(lease, request.nowMs) +
    element('EnabledProtocols', properties.protocols) +
    element('RootSquash', properties.rootSquash)
  const metadata = withMetadata
    ? `<Metadata>${[...properties.metadata].map(([key, value]) => element(key, value)).join('')}</Metadata>`
    : ''
  return `<Share>${element('Name', name)}${element('Snapshot', snapshot)}<Properties>${shown}</Properties>${metadata}</Share>`
}
