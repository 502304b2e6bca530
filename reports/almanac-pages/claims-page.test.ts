import { expect, test } from 'vitest'
import type { EvaluatedClaim } from '../../model/claims/evaluated-claims.ts'
import { CLAIMS_FILE } from '../claims-file.ts'
import { claimsInALine, claimsPages } from './claims-page.ts'

const CHECK = { level: 'settled', predicted: '409', permitted: ['412 LeaseIdMissing'], rules: [] } as const
const RULE = { id: 'blob.x', fields: ['status'], level: 'settled', evidence: [] } as const

const FALSE: EvaluatedClaim = {
  id: 'b-is-409',
  title: 'A write with * is 409.',
  says: [{ source: 'lease-blob', title: 'Lease Blob', url: 'https://example.com/lease-blob', where: 'the table' }],
  verdict: 'only for some kinds',
  really: 'It is 412.',
  kinds: [
    {
      kind: 'blob',
      verdict: 'false',
      level: 'settled',
      rules: [
        { ...RULE, evidence: [{ source: 'recordings', kind: 'recording', count: 12, note: 'the page says 409' }] },
      ],
      checks: [{ ...CHECK, verdict: 'false', token: 'lc1/blob/putBlob', version: '2012-02-12' }],
    },
    { kind: 'file', verdict: 'true', level: 'documented', rules: [RULE], checks: [{ ...CHECK, verdict: 'true' }] },
  ],
}
const BEYOND: EvaluatedClaim = {
  ...FALSE,
  id: 'owners-only',
  verdict: 'open',
  kinds: [
    {
      kind: 'share-snapshot',
      verdict: 'open',
      openBecause: 'beyond the model',
      level: 'open',
      rules: [],
      checks: [{ ...CHECK, verdict: 'open', predicted: '', permitted: ['the model does not speak of it'] }],
    },
  ],
}

const [page, data] = claimsPages([FALSE, BEYOND])
const has = (text: string) => expect(page!.text).toContain(text)

test('a claim is told with its verdict by kind, who claims it and what really happens', () => {
  expect(page!.path).toBe('claims.md')
  has('| [A write with \\* is 409.](#b-is-409) | true for file; false for blob |')
  has('### b-is-409')
  has('Claimed by: [Lease Blob](https://example.com/lease-blob) (the table)')
  has('**What really happens:** It is 412.')
  has('| blob | false | settled | `blob.x` |')
})

test('the rules stand with their evidence, and how often it was seen', () => {
  has('- `blob.x`: status (settled)')
  has('12 recorded exchanges): the page says 409')
})

test('a scenario stands with the command that plays it, in its version; a rule of clients with the one that explains it', () => {
  has('blob: predicted `409`, permitted `412 LeaseIdMissing`: not as claimed')
  has("npx leasecheck replay 'lc1/blob/putBlob' reference --api-version 2012-02-12")
  has('npx leasecheck explain blob.x')
})

test('what is beyond the model says so, and how sure nobody can be is left out', () => {
  has('| share snapshot | open: beyond the model |  |  |')
  has('share snapshot: the model does not speak of it')
})

test('claims.json has the same for programs', () => {
  expect(data!.path).toBe('claims.json')
  const read = CLAIMS_FILE.parse(JSON.parse(data!.text))
  expect(read.claims.map(({ id }) => id)).toEqual(['b-is-409', 'owners-only'])
  expect(read.claims[0]!.kinds[0]!.checks[0]).toMatchObject({ scenario: 'lc1/blob/putBlob', apiVersion: '2012-02-12' })
})

test('the claims in a line', () => {
  expect(claimsInALine([FALSE, BEYOND])).toBe('2 claims: 0 false, 1 true for some kinds only, 1 open, 0 true')
})
