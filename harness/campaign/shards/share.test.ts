import { expect, test } from 'vitest'
import { compile } from '../../../model/compiled-rules.ts'
import { tokenOf } from '../../../model/notation.ts'
import { RULES } from '../../../model/rules/index.ts'
import { NEWEST_VERSION } from '../../../model/service-version.ts'
import { costOf, firstScenarios, type Plan, planned } from '../plan.ts'
import { NO_WEAKNESSES, type Weaknesses } from '../weak-spots.ts'
import { partOf } from './share.ts'

const rules = compile(RULES)
const OF = 5

interface Otherwise {
  readonly seed?: number
  readonly only?: readonly string[]
  readonly known?: Weaknesses
}

function planWith(more: Otherwise = {}): Plan {
  const selection = { kinds: ['share'] as const, version: NEWEST_VERSION, thorough: false, hostile: true, only: [] }
  return planned({ rules, ...selection, seed: 1, runs: 30, known: NO_WEAKNESSES, clock: 'virtual', ...more })
}

const whole = planWith()
const parts = partsOf(whole)

function partsOf(plan: Plan): readonly Plan[] {
  return Array.from({ length: OF }, (_, place) => partOf(plan, { number: place + 1, of: OF }, RULES))
}

function tokensOf(plan: Plan): readonly string[] {
  return firstScenarios(plan).map(tokenOf)
}

test('the parts are together the whole plan, and no scenario is in two of them', () => {
  expect(tokensOf(whole).length).toBeGreaterThan(100)
  expect(parts.flatMap(tokensOf).sort()).toEqual([...tokensOf(whole)].sort())
  const places = [...whole.tour, ...whole.hostile].map((leg) =>
    parts.filter(({ tour, hostile }) => tour.includes(leg) || hostile.includes(leg)),
  )
  expect(places.filter(({ length }) => length !== 1)).toEqual([])
})

test('a part costs about as much as another, all together as much as the whole', () => {
  const costs = parts.map(costOf)
  const sum = (of: 'scenarios' | 'requests' | 'readBacks') => costs.reduce((total, cost) => total + cost[of], 0)
  const cost = costOf(whole)
  expect({ scenarios: sum('scenarios'), requests: sum('requests'), readBacks: sum('readBacks') }).toEqual(cost)
  for (const { requests } of costs) expect(requests).toBeLessThan((cost.requests / OF) * 1.5)
  for (const { share } of parts) expect(share!.whole).toEqual(cost)
})

test('every cell has one shard that looks for a way around what is in front of it, also if the tour avoids it', () => {
  const known = {
    ...NO_WEAKNESSES,
    spots: new Set(RULES.filter(({ id }) => /^share\.acquire\./.test(id)).map(({ id }) => id)),
  }
  const avoiding = planWith({ known })
  expect(avoiding.tour.length).toBeLessThan(whole.tour.length)
  const shares = partsOf(avoiding).map(({ share }) => share!)
  const cells = avoiding.machines.flatMap(({ visits }) => [...visits.keys()])
  const owners = cells.map((cell) => shares.filter(({ goesAround }) => goesAround(cell)).length)
  expect(cells.length).toBeGreaterThan(1000)
  expect(owners.filter((count) => count !== 1)).toEqual([])
})

test('the same options give the same parts, and other options other digests', () => {
  const again = partsOf(planWith())
  expect(again.map(tokensOf)).toEqual(parts.map(tokensOf))
  const digest = ([part]: readonly Plan[]) => part!.share!.planDigest
  expect(digest(again)).toBe(digest(parts))
  expect(digest(partsOf(planWith({ seed: 2 })))).not.toBe(digest(parts))
  expect(digest(partsOf(planWith({ only: ['renew'] })))).not.toBe(digest(parts))
  const [first, ...others] = RULES
  const edited = [{ ...first!, id: `${first!.id}.edited` }, ...others]
  expect(partOf(whole, { number: 1, of: OF }, edited).share!.planDigest).not.toBe(digest(parts))
})
