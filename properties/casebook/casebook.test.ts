import { expect, test } from 'vitest'
import { FEATURES } from '../../model/features.ts'
import { RESOURCE_KINDS } from '../../model/resource.ts'
import { casebook, modelRules } from './casebook.ts'
import { lastMomentOf } from './moment.ts'
import { stateChanges } from './state-changes.ts'
import { versionChanges } from './version-changes.ts'

const { cases, rules } = casebook()

test('the scenario of a case, read back from its token, ends with the request of the case', () => {
  const shown = cases.map(({ token }) => {
    const { status, code, before, after, rules: applied } = lastMomentOf(modelRules(), token)
    return [token, status, code, before, after, applied.at(-1)!.id]
  })
  expect(shown).toEqual(
    cases.map(({ token, status, code, before, after, decidedBy }) => [
      token,
      status,
      code,
      before,
      after,
      decidedBy.id,
    ]),
  )
})

test('a cell has one case, and every kind has cases of its own', () => {
  expect(new Set(cases.map(({ cell }) => cell)).size).toBe(cases.length)
  for (const kind of RESOURCE_KINDS) expect(cases.filter((each) => each.kind === kind).length).toBeGreaterThan(50)
})

test('the deciding rule is one of the model, of the kind and class of the case', () => {
  const known = new Set(rules)
  expect(cases.filter(({ decidedBy }) => !known.has(decidedBy))).toEqual([])
  expect(cases.filter(({ decidedBy, kind, of }) => decidedBy.kind !== kind || !decidedBy.classes.includes(of))).toEqual(
    [],
  )
})

test('states and inputs are told in words, not in the names of features', () => {
  const names = Object.keys(FEATURES).filter((name) => /[A-Z]/.test(name))
  const words = cases.map(({ state, input }) => `${state} | ${input}`)
  expect(words.filter((text) => names.some((name) => text.includes(name)))).toEqual([])
  expect(words.filter((text) => /\b(shortest|longest|fresh|former|between|first look)\b/.test(text))).toEqual([])
})

test('two cases of a rule are not told in the same words', () => {
  const told = cases.map(({ kind, operation, of, ofWholeClass, blobType, state, input, isPlain }) =>
    [kind, ofWholeClass ? of : operation, blobType, state, input, isPlain].join(' | '),
  )
  expect(told.filter((each, at) => told.indexOf(each) !== at)).toEqual([])
})

test('time alone ends leases of blobs, containers and shares, and none of files', () => {
  const timed = new Set(stateChanges().flatMap(({ kind, by }) => (by === 'time' ? [kind] : [])))
  expect([...timed]).toEqual(['blob', 'container', 'share', 'share-snapshot'])
})

test('blobs and files forget a lease that has ended when they are written, containers and shares never do', () => {
  const forgetful = stateChanges().filter(({ by, to }) => to === 'available' && by !== 'release' && by !== 'rename')
  expect(new Set(forgetful.map(({ kind }) => kind))).toEqual(new Set(['blob', 'file']))
})

test('something changed with every era of the service, and a change is a change', () => {
  const changes = versionChanges()
  expect(new Set(changes.map(({ since }) => since))).toEqual(
    new Set(['2012-02-12', '2013-08-15', '2019-02-02', '2020-02-10']),
  )
  expect(changes.filter(({ before, after }) => before === after)).toEqual([])
})
