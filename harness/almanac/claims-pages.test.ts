import { describe, expect, test } from 'vitest'
import { evaluatedClaims } from '../../model/claims/evaluated-claims.ts'
import { readToken } from '../../model/notation.ts'
import { claimsPages } from '../../reports/almanac-pages/claims-page.ts'
import { CLAIMS_FILE, claimsFile } from '../../reports/claims-file.ts'

const claims = evaluatedClaims()
const pages = new Map(claimsPages(claims).map(({ path, text }) => [path, text]))
const page = pages.get('claims.md')!

/** Where GitHub renders a page no more. */
const MOST_CHARACTERS = 400_000

describe('the page of the claims', () => {
  test('is small enough to be rendered', () => {
    expect(page.length).toBeLessThan(MOST_CHARACTERS)
  })

  test('has a heading for every link within it, each once', () => {
    const anchors = [...page.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading]) =>
      heading!.toLowerCase().replaceAll(' ', '-'),
    )
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor!)
    expect(links.length).toBeGreaterThan(claims.length)
    expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([])
    expect(new Set(anchors).size).toBe(anchors.length)
  })

  test('has commands whose tokens can be read', () => {
    const tokens = [...page.matchAll(/^npx leasecheck replay '([^']+)' reference/gm)].map(([, token]) => token!)
    expect(tokens.length).toBeGreaterThan(claims.length)
    expect(tokens.filter((token) => 'error' in readToken(token))).toEqual([])
  })

  test('names every claim', () => {
    for (const { id, verdict } of claims) expect(page, `${id}: ${verdict}`).toContain(`\n### ${id}\n`)
  })
})

test('the claims for programs are as their schema says, and nothing is lost', () => {
  const read = CLAIMS_FILE.parse(JSON.parse(pages.get('claims.json')!))
  expect(read).toEqual(claimsFile(claims))
  expect(read.claims.map(({ id }) => id)).toEqual(claims.map(({ id }) => id))
})
