import { type Answer, isRefusal, xmlBody } from '../answer.ts'
import type { Call } from '../call.ts'
import { page, readListQuery } from '../listing.ts'
import { element, escaped, XML_HEAD } from '../xml.ts'
import { byCodeUnits, leaseElements } from './list-blobs.ts'
import type { StoredContainer } from './store.ts'

export function listContainers(call: Call): Answer {
  const { account, request } = call
  const query = readListQuery(request)
  if (isRefusal(query)) return query
  const all = [...account.blobs.containers.values()]
    .filter(({ name }) => name.startsWith(query.prefix))
    .sort((left, right) => byCodeUnits(left.name, right.name))
  const listed = page(all, query)
  const entries = listed.entries.map((each) => containerElement(call, each, query.include.has('metadata'))).join('')
  const endpoint = `http://${request.headers.host ?? ''}/${account.credential.account}/`
  return xmlBody(
    200,
    `${XML_HEAD}<EnumerationResults ServiceEndpoint="${escaped(endpoint)}">${query.echo}<Containers>${entries}</Containers>${element('NextMarker', listed.next ?? '')}</EnumerationResults>`,
  )
}

function containerElement({ account, request }: Call, container: StoredContainer, withMetadata: boolean): string {
  const { lastModified, etag, lease } = account.blobs.ledger.resource({ name: container.name, kind: 'container' })
  const properties =
    element('Last-Modified', lastModified) +
    element('Etag', etag) +
    leaseElements(lease, request.nowMs) +
    element('PublicAccess', container.publicAccess) +
    element('HasImmutabilityPolicy', 'false') +
    element('HasLegalHold', 'false')
  const metadata = withMetadata
    ? `<Metadata>${[...container.metadata].map(([name, value]) => element(name, value)).join('')}</Metadata>`
    : ''
  return `<Container>${element('Name', container.name)}<Properties>${properties}</Properties>${metadata}</Container>`
}
