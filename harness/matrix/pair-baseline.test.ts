import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BASELINE_FORMAT, BASELINE_VERSION } from '../../reports/baseline.ts'
import { findBaseline, OWN_BASELINE, SHIPPED_ONLY } from '../cli/baseline-file.ts'
import { clientNames, pairsOf } from './pair.ts'
import { baselineArgs } from './pair-baseline.ts'

const before = process.cwd()
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leasecheck-test-'))
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true })
})

const keep = (file: string, target: string, driver: string) =>
  writeFileSync(
    file,
    JSON.stringify({
      format: BASELINE_FORMAT,
      version: BASELINE_VERSION,
      target,
      targetVersion: '1',
      driver,
      apiVersion: '2023-11-03',
      configuration: {},
      entries: [],
    }),
  )
const argsFor = (target: string, client: string, own?: string) =>
  baselineArgs(pairsOf([target], clientNames(client))[0]!, own)

test('without a file of the user, a pair has what a run has', () => {
  expect(argsFor('reference', 'js')).toEqual([])
})

describe("the user's own file", () => {
  test.each([
    ['reference', 'js', 'reference', 'js'],
    ['azurite@3.35.0', 'rest', 'azurite', 'rest'],
    ['http://127.0.0.1:9999/devstoreaccount1', 'rest', '127.0.0.1:9999', 'rest'],
    ['reference', 'exec:mine', 'reference', 'ruby'],
    ['reference', 'python@12.27.1', 'reference', 'python'],
  ])('counts for %s with %s', (target, client, madeFor, madeWith) => {
    keep(OWN_BASELINE, madeFor, madeWith)
    expect(argsFor(target, client)).toEqual(['--baseline', OWN_BASELINE])
  })

  test.each([
    ['azurite', 'js', 'reference', 'js'],
    ['reference', 'js', 'reference', 'rest'],
    ['reference', 'exec:mine', 'reference', 'js'],
  ])('does not for %s with %s', (target, client, madeFor, madeWith) => {
    keep(OWN_BASELINE, madeFor, madeWith)
    expect(argsFor(target, client)).toEqual(['--baseline', 'shipped'])
  })

  test('is refused if it is damaged', () => {
    writeFileSync(OWN_BASELINE, '{')
    expect(() => argsFor('reference', 'js')).toThrow(`the baseline ${OWN_BASELINE} is not JSON`)
  })
})

test('a folder of baselines has one for each pair; the others have those that come with leasecheck', () => {
  keep(OWN_BASELINE, 'azurite', 'js')
  keep('azurite-js.json', 'azurite', 'js')
  expect(argsFor('azurite', 'js', '.')).toEqual(['--baseline', 'azurite-js.json'])
  expect(argsFor('azurite', 'rest', '.')).toEqual(['--baseline', 'shipped'])
  expect(argsFor('azurite', 'js', 'none')).toEqual(['--baseline', 'none'])
})

test('what a pair is given in place of a file is the one that comes with leasecheck, and nothing to write to', () => {
  keep(OWN_BASELINE, 'azurite', 'rest')
  const { file, baseline } = findBaseline(SHIPPED_ONLY, 'azurite', '3.37.0', false)
  expect(file).toBe(join('reports', 'baselines', 'azurite-3.37.0.json'))
  expect(baseline!.entries.length).toBeGreaterThan(100)
  expect(findBaseline(undefined, 'azurite', '3.37.0', false).file).toBe(OWN_BASELINE)
  expect(() => findBaseline(SHIPPED_ONLY, 'azurite', '3.37.0', true)).toThrow('name a file with --baseline')
})
