import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefusal } from './answer.ts'
import { type Page, page, readListQuery } from './listing.ts'
import { requestFor } from './testing/request.ts'

function queryFor(parameters: Record<string, string>) {
  const query = readListQuery(requestFor({ query: new Map(Object.entries(parameters)) }))
  if (isRefusal(query)) throw new Error(query.code)
  return query
}

test('pages of any size show everything once and in order, also where many entries share a name', () => {
  const names = fc.array(fc.constantFrom('a', 'a\nb', 'b', 'é'), { maxLength: 12 }).map((all) => all.sort())
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 5 }), (all, maxresults) => {
      const entries = all.map((name, number) => ({ name, number }))
      const shown: unknown[] = []
      for (let marker: string | undefined = ''; marker !== undefined; ) {
        const listed: Page<{ readonly name: string }> = page(
          entries,
          queryFor({ marker, maxresults: String(maxresults) }),
        )
        expect(listed.entries.length).toBeLessThanOrEqual(maxresults)
        shown.push(...listed.entries)
        marker = listed.next
      }
      expect(shown).toEqual(entries)
    }),
  )
})

test('a marker goes on where it stands, also if what it names is gone', () => {
  const entries = ['a', 'b', 'c', 'd'].map((name) => ({ name }))
  const { next } = page(entries, queryFor({ maxresults: '2' }))
  const left = entries.filter(({ name }) => name !== 'b')
  expect(page(left, queryFor({ marker: next! })).entries.map(({ name }) => name)).toEqual(['c', 'd'])
})

test('what is no number of results is refused', () => {
  for (const maxresults of ['0', '-1', 'x', '1e3']) {
    const query = readListQuery(requestFor({ query: new Map([['maxresults', maxresults]]) }))
    expect(query).toMatchObject({ status: 400, code: 'InvalidQueryParameterValue' })
  }
})
