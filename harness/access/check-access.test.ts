import { afterAll, beforeAll, expect, test } from 'vitest'
import { FAMILIES } from '../../model/resource.ts'
import { restDriver } from '../drivers/rest.ts'
import { startAzurite } from '../targets/azurite.ts'
import { startReference } from '../targets/reference.ts'
import type { Target } from '../targets/target.ts'
import { keyOf } from '../targets/testing/key-of.ts'
import { accessCases, nameOf } from './access-case.ts'
import { reportOnAccess } from './access-report.ts'
import { type AccessOutcome, checkAccess } from './check-access.ts'

const API_VERSION = '2023-11-03'
let reference: Target
let azurite: Target
beforeAll(async () => {
  ;[reference, azurite] = await Promise.all([startReference(), startAzurite({ processes: 1 })])
})
afterAll(() => Promise.all([reference, azurite].map((target) => target.close())))

test('w permits every lease operation, d permits to break, and nothing else does', () => {
  const allowed = accessCases(['blob', 'container'], API_VERSION).filter(({ isAllowed }) => isAllowed)
  expect(allowed.map(nameOf).filter((name) => name.includes('sp=d'))).toEqual([
    'blob.access.account-sas.break sp=d',
    'blob.access.container-sas.break sp=d',
    'container.access.account-sas.break sp=d',
  ])
  expect(allowed.filter(({ letter }) => letter === 'w')).toHaveLength(15)
  expect(allowed).toHaveLength(18)
})

test('whoever may delete breaks leases since 2017-07-29', () => {
  const breaks = (version: string) =>
    accessCases(['blob'], version).filter(({ letter, isAllowed }) => letter === 'd' && isAllowed).length
  expect([breaks('2017-07-28'), breaks('2017-07-29')]).toEqual([0, 2])
})

function report(target: Target, kinds: typeof FAMILIES | readonly ['blob', 'container']) {
  const endpoint = target.endpoints[0]!
  return reportOnAccess({ endpoint, key: keyOf(endpoint), kinds, apiVersion: API_VERSION, isVirtual: true })
}

test('the reference server refuses who lacks the permission, and changes nothing then', async () => {
  expect(await report(reference, FAMILIES)).toEqual({ cases: 212, divergences: [], leftBehind: [] })
})

test('so does Azurite, and both leave nothing behind', async () => {
  expect(await report(azurite, ['blob', 'container'])).toEqual({ cases: 140, divergences: [], leftBehind: [] })
})

test('a server that lets everybody do everything is told so, and by what it changed', async () => {
  const owner = restDriver({ endpoint: reference.endpoints[0]!, apiVersion: API_VERSION })
  const check = {
    owner,
    asking: () => owner,
    version: API_VERSION,
    instant: Date.UTC(2030, 0, 1),
    prefix: 'leasecheck-open0',
    leftBehind: () => {},
  }
  const cases = accessCases(['blob'], API_VERSION).filter(({ letter }) => letter === 'r')
  const outcomes: AccessOutcome[] = []
  for await (const outcome of checkAccess(cases, check)) outcomes.push(outcome)
  const found = outcomes.map(({ asked, divergences }) => [
    asked.rule.action,
    ...divergences.map(({ field, observed }) => `${field}: ${observed}`),
  ])
  expect(found.slice(0, 5)).toEqual([
    ['acquire', 'status: 201', 'lease state afterwards: leased'],
    ['acquire', 'status: 201', 'lease state afterwards: leased'],
    ['renew', 'status: 200'],
    ['renew', 'status: 200'],
    ['change', 'status: 200', 'release by the id afterwards: 409'],
  ])
  expect(outcomes.every(({ divergences }) => divergences.length > 0)).toBe(true)
  await owner.close()
})
