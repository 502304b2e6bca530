import { describe, expect, test } from 'vitest'
import { PROPOSALS, type Proposal, type Proposals } from './proposals.ts'
import { renderProposalsMarkdown } from './proposals-markdown.ts'
import { stableProposals } from './stable-proposals.ts'
import { renderProposals } from './terminal/proposals.ts'

const PROPOSAL: Proposal = {
  gap: 'blob.renew.expired.another',
  rule: 'blob.renew.expired.another',
  kind: 'blob',
  about: 'answer',
  cell: 'blob renew | expired, first look | id: another',
  scenario: 'lc1/blob/acquire,proposed=A,duration=15/wait,deadline+1000ms/renew,id=B',
  played: 'lc1/blob/acquire,proposed=A,duration=15/wait,deadline+1000ms/renew,id=B',
  step: 2,
  request: 'renew,id=B',
  answer: {
    status: 409,
    code: 'LeaseIdMismatchWithLeaseOperation',
    headers: {},
    requestId: '6f1b2c3d-0000-4000-8000-000000000001',
    answeredAt: '2026-01-02T03:04:05.000Z',
  },
  readBack: [],
  fields: [
    {
      field: 'code',
      level: 'inferred',
      plausible: ['LeaseIdMismatchWithLeaseOperation'],
      observed: 'LeaseIdMismatchWithLeaseOperation',
      result: 'confirmed',
    },
  ],
  seen: 1,
}

const MADE: Proposals = {
  format: 'leasecheck-proposals',
  version: 1,
  leasecheck: '0.1.0',
  target: { name: 'Azure Storage', version: 'Windows-Azure-Blob/1.0', where: '*.blob.core.windows.net' },
  driver: 'rest',
  apiVersion: '2023-11-03',
  clock: 'wall',
  startedAt: '2026-01-02T03:04:00.000Z',
  isEvidence: true,
  standing: 'observed on the real service, 2026-01-02',
  proposals: [
    PROPOSAL,
    { ...PROPOSAL, gap: 'other', fields: [{ ...PROPOSAL.fields[0]!, observed: 'LeaseLost', result: 'contradicted' }] },
    { ...PROPOSAL, gap: 'hidden', fields: [{ ...PROPOSAL.fields[0]!, result: 'not shown' }] },
  ],
  unanswered: [{ gap: 'blob.change.expired', rule: 'blob.change.expired', kind: 'blob', reason: 'it was not reached' }],
}
const OBSERVED: Proposals = {
  ...MADE,
  target: { name: 'azurite', version: '3.37.0' },
  isEvidence: false,
  standing: 'observed on azurite 3.37.0, not evidence: only the real service says what is right',
}

test('the sample is what the schema says', () => {
  expect(PROPOSALS.parse(MADE)).toEqual(MADE)
})

describe.each([
  ['terminal', (made: Proposals) => renderProposals(made, { colour: false, verbose: false })],
  ['Markdown', renderProposalsMarkdown],
])('in %s', (_where, render) => {
  test('a proposal names the request, its id and its date', () => {
    const text = render(MADE)
    expect(text).toContain(PROPOSAL.answer.requestId)
    expect(text).toContain(PROPOSAL.answer.answeredAt)
    expect(text).toContain('409 LeaseIdMismatchWithLeaseOperation')
    expect(text).toContain('Proposals for evidence')
  })

  test('what contradicts us comes first', () => {
    const text = render(MADE)
    expect(text.indexOf('other')).toBeGreaterThan(-1)
    expect(text.indexOf('other')).toBeLessThan(text.indexOf('blob.renew.expired.another'))
  })

  test('what an emulator answers is said to be no evidence', () => {
    const text = render(OBSERVED)
    expect(text).toContain('not evidence')
    expect(text).not.toContain('Proposals for evidence')
  })

  test('counts what was answered and what was not', () => {
    expect(render(MADE)).toContain('3 gaps answered, 1 not')
  })
})

test('the stable form holds nothing of the run', () => {
  const later: Proposals = {
    ...OBSERVED,
    startedAt: '2027-01-01T00:00:00.000Z',
    proposals: MADE.proposals.map((each) => ({
      ...each,
      answer: {
        ...each.answer,
        requestId: 'another',
        headers: { etag: '"0x2"' },
        answeredAt: '2027-01-01T00:00:01.000Z',
      },
    })),
  }
  const sooner = {
    ...OBSERVED,
    proposals: MADE.proposals.map((each) => ({ ...each, answer: { ...each.answer, headers: { etag: '"0x1"' } } })),
  }
  expect(stableProposals(later)).toEqual(stableProposals(sooner))
})
