import { LEASE_ACTIONS, type OperationClass } from '../operation.ts'
import { KINDS, type ResourceKind, type Service } from '../resource.ts'
import { doc, type Evidence } from '../rules/evidence.ts'
import type { SourceKey } from '../rules/sources.ts'

/** The pages that say the same, one of each library. */
type Pages = readonly SourceKey[]

const LEASE_CLIENTS: Readonly<Record<Service, Pages>> = {
  blob: ['js-blob-lease-client', 'python-blob-lease-client', 'go-blob-lease'],
  file: ['js-share-lease-client', 'python-share-lease-client', 'go-file-lease'],
}
/** What a lease operation gives: a result, in Python attributes of the lease client. */
const LEASE_RESULTS: Readonly<Record<Service, Pages>> = {
  blob: ['js-blob-lease', 'python-blob-lease-client', 'go-blob-lease'],
  file: ['js-share-lease', 'python-share-lease-client', 'go-file-lease'],
}
const PACKAGES: Readonly<Record<Service, Pages>> = {
  blob: ['js-blob-package', 'python-blob-package', 'go-blob-package'],
  file: ['js-file-share-package', 'python-file-share-package', 'go-file-package'],
}
const TAGS: Readonly<Record<Service, SourceKey>> = {
  blob: 'python-blob-lease-client',
  file: 'python-share-lease-client',
}

/** Where the libraries say what a call takes, and that it does it. */
export function callPages(kind: ResourceKind, of: OperationClass, note?: string): readonly Evidence[] {
  return evidence((isLeaseCall(of) ? LEASE_CLIENTS : PACKAGES)[KINDS[kind].service], note)
}

/** Where the libraries say what a call gives. */
export function resultPages(kind: ResourceKind, of: OperationClass): readonly Evidence[] {
  return evidence((isLeaseCall(of) ? LEASE_RESULTS : PACKAGES)[KINDS[kind].service])
}

/** Where the libraries say what an error for an answer of the service holds. */
export function errorPages(): readonly Evidence[] {
  return evidence(['js-rest-error', 'python-exceptions', 'go-response-error'])
}

/** Where the libraries say that they can be told to try once only. */
export function onePages(kind: ResourceKind): readonly Evidence[] {
  const python = KINDS[kind].service === 'blob' ? 'python-blob-package' : 'python-file-share-package'
  return [
    doc('js-retry-options', 'one try means that nothing is sent again'),
    doc(python, 'retry_total=0 means that nothing is sent again'),
    doc('go-retry-options', 'MaxRetries below zero means one try'),
  ]
}

/** Where it is said that a lease client shows an ETag and a date. */
export function tagPage(kind: ResourceKind): Evidence {
  return doc(TAGS[KINDS[kind].service], 'of the lease that it maintains; none before one was acquired or modified')
}

export function isLeaseCall(of: OperationClass): boolean {
  return (LEASE_ACTIONS as readonly string[]).includes(of)
}

function evidence(pages: Pages, note?: string): readonly Evidence[] {
  return pages.map((page) => doc(page, note))
}
