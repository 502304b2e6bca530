import { describe, expect, test } from 'vitest'
import type { OperationName } from '../../model/operation.ts'
import type { ResourceKind } from '../../model/resource.ts'
import { answerTo, needsBody } from './answer.ts'

function listing(all: string, each: string, ...names: readonly string[]): string {
  const properties =
    '<Properties><LeaseStatus>locked</LeaseStatus><LeaseState>leased</LeaseState><LeaseDuration>fixed</LeaseDuration></Properties>'
  const elements = names.map((name) => `<${each}><Name>${name}</Name>${properties}</${each}>`).join('')
  return `<?xml version="1.0"?><EnumerationResults><${all}>${elements}</${all}><NextMarker/></EnumerationResults>`
}

const LEASED = {
  'x-ms-lease-status': 'locked',
  'x-ms-lease-state': 'leased',
  'x-ms-lease-duration': 'fixed',
}
const listings: [OperationName, ResourceKind, string, string][] = [
  ['listBlobs', 'blob', 'Blobs', 'Blob'],
  ['listContainers', 'container', 'Containers', 'Container'],
  ['listShares', 'share', 'Shares', 'Share'],
]

describe.each(listings)('an answer to %s', (name, kind, all, each) => {
  const real = kind === 'blob' ? 'box/007' : '007'
  const of = (body: string) => answerTo(name, kind, real, { status: 200, headers: { etag: '"of the listing"' }, body })

  test('tells what it says of the one resource, and nothing that is said of the listing', () => {
    expect(of(listing(all, each, '007'))).toEqual({ status: 200, headers: LEASED })
    expect(of(listing(all, each, '0', '007', '0071'))).toEqual({ status: 200, headers: LEASED })
  })

  test('tells nothing of a resource that is not listed', () => {
    for (const body of [
      listing(all, each),
      listing(all, each, '0071'),
      `<EnumerationResults><${all}/></EnumerationResults>`,
    ]) {
      expect(of(body)).toEqual({ status: 200, headers: {} })
    }
  })

  test.each(['', 'no XML', '<html><p>', '<EnumerationResults>', '<!--', '\u0000'])(
    'that is %j tells nothing',
    (body) => {
      expect(of(body)).toEqual({ status: 200, headers: {} })
    },
  )

  test('that is a refusal has its code', () => {
    const answer = { status: 404, headers: {}, body: '<Error><Code>ContainerNotFound</Code></Error>' }
    expect(answerTo(name, kind, real, answer)).toEqual({ status: 404, code: 'ContainerNotFound', headers: {} })
  })
})

test('an answer that nothing has changed is a refusal without a body', () => {
  const headers = { 'x-ms-error-code': 'ConditionNotMet', etag: '"1"' }
  const answer = answerTo('getBlob', 'blob', 'box/leaf', { status: 304, headers, body: '' })
  expect(answer).toEqual({ status: 304, code: 'ConditionNotMet', headers: { etag: '"1"' } })
})

test('bodies are read where they say something: listings, and errors without a code in a header', () => {
  const coded = { 'x-ms-error-code': 'LeaseIdMissing' }
  const asked = [
    needsBody('listShares', 200, {}),
    needsBody('getFile', 200, {}),
    needsBody('getFile', 412, {}),
    needsBody('getFile', 412, coded),
    needsBody('listBlobs', 404, coded),
  ]
  expect(asked).toEqual([true, false, true, false, false])
})
