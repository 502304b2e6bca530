import { policiesElement, readPolicies } from '../access-policies.ts'
import { type Answer, done, invalidHeader, isRefusal, type Refusal, refusal, xmlBody } from '../answer.ts'
import type { Call } from '../call.ts'
import { metadataHeaders, readMetadata } from '../metadata.ts'
import type { StorageRequest } from '../request.ts'
import { XML_HEAD } from '../xml.ts'
import { blobResourceName, type ContainerPlace, isContainerName, onContainer } from './place.ts'
import type { StoredContainer } from './store.ts'

export function createContainer(call: Call): Answer {
  if (!isContainerName(call.request.address.root)) return refusal(400, 'InvalidResourceName')
  return onContainer(call, 'createContainer', ({ name }) => {
    const metadata = readMetadata(call.request)
    if (isRefusal(metadata)) return metadata
    const publicAccess = readPublicAccess(call.request)
    if (isRefusal(publicAccess)) return publicAccess
    const inside = { blobs: new Map(), snapshots: new Map(), deleted: new Map() }
    call.account.blobs.containers.set(name, { name, metadata, publicAccess, policies: [], ...inside })
    return done()
  })
}

export function getContainerProperties(call: Call): Answer {
  return onContainer(call, 'getContainerProperties', ({ container }) =>
    done({
      ...metadataHeaders(container!.metadata),
      ...publicAccessHeader(container!),
      'x-ms-has-immutability-policy': 'false',
      'x-ms-has-legal-hold': 'false',
      'x-ms-default-encryption-scope': '$account-encryption-key',
      'x-ms-deny-encryption-scope-override': 'false',
    }),
  )
}

export function getContainerMetadata(call: Call): Answer {
  return onContainer(call, 'getContainerMetadata', ({ container }) => done(metadataHeaders(container!.metadata)))
}

export function setContainerMetadata(call: Call): Answer {
  return onContainer(call, 'setContainerMetadata', ({ container }) => {
    const metadata = readMetadata(call.request)
    if (isRefusal(metadata)) return metadata
    container!.metadata = metadata
    return done()
  })
}

export function getContainerAcl(call: Call): Answer {
  return onContainer(call, 'getContainerAcl', ({ container }) =>
    xmlBody(200, XML_HEAD + policiesElement(container!.policies), publicAccessHeader(container!)),
  )
}

export function setContainerAcl(call: Call): Answer {
  return onContainer(call, 'setContainerAcl', ({ container }) => {
    const policies = readPolicies(call.body)
    if (isRefusal(policies)) return policies
    const publicAccess = readPublicAccess(call.request)
    if (isRefusal(publicAccess)) return publicAccess
    Object.assign(container!, { policies, publicAccess })
    return done()
  })
}

export function deleteContainer(call: Call): Answer {
  return onContainer(call, 'deleteContainer', (place) => {
    empty(call, place)
    return done()
  })
}

/** Forgets what is in a container: leases of blobs do not protect them. */
function empty({ account: { blobs } }: Call, { name, container }: ContainerPlace): void {
  for (const blob of container!.blobs.keys()) blobs.ledger.remove(blobResourceName(name, blob))
  for (const [blob, snapshots] of container!.snapshots) {
    for (const instant of snapshots.keys()) blobs.ledger.remove(blobResourceName(name, blob, instant))
  }
  blobs.containers.delete(name)
}

function readPublicAccess({ headers }: StorageRequest): StoredContainer['publicAccess'] | Refusal {
  const text = headers['x-ms-blob-public-access']
  switch (text?.toLowerCase()) {
    case undefined:
      return undefined
    case 'blob':
      return 'blob'
    case 'container':
    case 'true':
      return 'container'
    default:
      return invalidHeader('x-ms-blob-public-access', text!)
  }
}

function publicAccessHeader({ publicAccess }: StoredContainer): Record<string, string> {
  return publicAccess === undefined ? {} : { 'x-ms-blob-public-access': publicAccess }
}
