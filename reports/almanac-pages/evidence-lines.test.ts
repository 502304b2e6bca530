import { expect, test } from 'vitest'
import { evidenceBrief, evidenceLine, recordingLines, sourceLinks } from './evidence-lines.ts'

const DOCUMENTED = { source: 'lease-blob', kind: 'doc' } as const
const RECORDED = { source: 'recordings', kind: 'recording', count: 2, note: 'twice' } as const
const REASONED = { source: 'reasoning', kind: 'inferred', note: 'as a | is' } as const

test('evidence is linked by reference, and the page ends with what it refers to', () => {
  const lines = [DOCUMENTED, RECORDED, REASONED].map(evidenceLine)
  expect(lines).toEqual([
    '[REST reference: Lease Blob][lease-blob] (documented)',
    '[Recorded sessions][recordings] (2 recorded exchanges): twice',
    'Our own deduction: as a \\| is',
  ])
  expect(sourceLinks(lines)).toEqual([
    '',
    '[lease-blob]: https://learn.microsoft.com/rest/api/storageservices/lease-blob',
    '[recordings]: https://github.com/Azure/azure-sdk-assets',
  ])
})

test('in brief it is told by kind and count', () => {
  expect(evidenceBrief([DOCUMENTED, RECORDED, REASONED])).toBe('documented, 2 recorded exchanges, our deduction')
  expect(evidenceBrief([])).toBe('none')
})

test('recordings are shown with their number, and examples with their public repository', () => {
  const recordings = { 'blob.x': { exchanges: 12, examples: ['Azure/azure-sdk-for-python:sdk/a_test.yaml#7', 'odd'] } }
  expect(recordingLines('blob.x', recordings)[0]).toBe(
    'Decided 12 exchanges of the public recordings that were judged, e.g. [Azure/azure-sdk-for-python](https://github.com/Azure/azure-sdk-for-python) `sdk/a_test.yaml#7`; `odd`.',
  )
  expect(recordingLines('blob.y', recordings)).toEqual([])
  expect(recordingLines('toString', recordings)).toEqual([])
})
