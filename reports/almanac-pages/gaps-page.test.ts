import { describe, expect, test } from 'vitest'
import { GAP_LIST, type GapEntry, type GapList } from '../proposals.ts'
import { gapsPages } from './gaps-page.ts'

const ENTRY: GapEntry = {
  gap: 'blob.renew.expired.another',
  rule: 'blob.renew.expired.another',
  kind: 'blob',
  about: 'answer',
  layer: 'transition',
  cell: 'blob renew | expired, first look | id: another',
  operations: ['renew'],
  doubts: [
    {
      field: 'code',
      level: 'inferred',
      plausible: ['LeaseIdMismatchWithLeaseOperation'],
      evidence: [{ source: 'reasoning', kind: 'inferred', note: 'as in every other state' }],
    },
  ],
  apiVersion: '2023-11-03',
  scenario: 'lc1/blob/acquire,proposed=A,duration=15/wait,deadline+1000ms/renew,id=B',
  step: 2,
  hostile: false,
  virtualTimeOnly: false,
}
const LIST: GapList = {
  format: 'leasecheck-gaps',
  version: 1,
  gaps: [ENTRY, { ...ENTRY, gap: 'old', apiVersion: '2011-08-18', layer: 'lease', virtualTimeOnly: true }],
  unanswerable: [{ rules: ['client.x'], question: 'What is it?', reason: 'Nobody can see it.' }],
}

describe('the list of what nobody knows', () => {
  const [page, json] = gapsPages(LIST)

  test('says of each gap what is plausible, why it is unknown, and what settles it', () => {
    const row = page!.text.split('\n').find((line) => line.includes('`blob.renew.expired.another`'))
    expect(row).toContain('code (inferred)')
    expect(row).toContain('LeaseIdMismatchWithLeaseOperation')
    expect(row).toContain('as in every other state')
    expect(row).toContain(`\`${ENTRY.scenario}\``)
    expect(row).toContain('**renew,id=B**')
  })

  test('says where another version or virtual time is needed', () => {
    expect(page!.text).toContain('on virtual time only')
    expect(page!.text).toContain('version 2011-08-18')
  })

  test('says what no request can show', () => {
    expect(page!.text).toContain('- What is it? Nobody can see it. (`client.x`)')
  })

  test('links to headings that are there', () => {
    const headings = [...page!.text.matchAll(/^## (.*)$/gm)].map(([, title]) => title!.toLowerCase())
    const anchors = headings.map((title) => title.replace(/[^a-z0-9 -]/g, '').replaceAll(' ', '-'))
    const links = [...page!.text.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor)
    expect(links.length).toBeGreaterThan(0)
    expect(links.filter((anchor) => !anchors.includes(anchor!))).toEqual([])
  })

  test('is there for machines, one gap a line', () => {
    expect(json!.path).toBe('gaps.json')
    expect(GAP_LIST.parse(JSON.parse(json!.text))).toEqual(LIST)
    expect(json!.text.split('\n').filter((line) => line.startsWith('{"gap":'))).toHaveLength(2)
  })
})
