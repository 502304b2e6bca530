import { expect, test } from 'vitest'
import { RULES } from '../../model/rules/index.ts'
import { NEWEST_VERSION } from '../../model/service-version.ts'
import { casebook, modelRules } from './casebook.ts'
import { lastMomentOf } from './moment.ts'
import { shortestScenarios } from './shortest-scenarios.ts'

const ALL = shortestScenarios(RULES)

test('the last request of a scenario is decided by its rule, in the version that is named', () => {
  const wrong = [...ALL].filter(
    ([id, { token, version }]) => lastMomentOf(modelRules(), token, version).rules.at(-1)!.id !== id,
  )
  expect(wrong).toEqual([])
})

test('every rule that decides a cell has one, and none is longer than those of its cells', () => {
  const length = (token: string) => token.split('/').length
  const shortest = new Map<string, number>()
  for (const { decidedBy, token } of casebook().cases)
    shortest.set(decidedBy.id, Math.min(length(token), shortest.get(decidedBy.id) ?? Number.POSITIVE_INFINITY))
  const found = new Map(
    [...ALL].flatMap(([id, { token, version }]) => (version === NEWEST_VERSION ? [[id, length(token)] as const] : [])),
  )
  expect(new Map([...found].sort())).toEqual(new Map([...shortest].sort()))
})

test('asked for alone a rule has the scenario that it has among others', () => {
  // Of the deletion of a share some are met sooner, or only, where there is a snapshot.
  const some = RULES.filter(({ id }, at) => at % 40 === 0 || id.startsWith('share.delete.'))
  for (const rule of some) expect(shortestScenarios([rule]).get(rule.id), rule.id).toEqual(ALL.get(rule.id))
})
