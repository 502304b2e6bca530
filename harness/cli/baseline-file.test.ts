import { describe, expect, test } from 'vitest'
import { isClientRule } from '../../model/client/client-rules.ts'
import { findBaseline } from './baseline-file.ts'

const entriesOf = (target: string, driver: 'rest' | 'js') =>
  findBaseline(undefined, target, target === 'azurite' ? '3.37.0' : '', false, driver).baseline?.entries ?? []

describe('the shipped baseline for a client library', () => {
  test('on a server with faults of its own joins what plain HTTP shows of it with what the library does elsewhere', () => {
    const ofServer = entriesOf('azurite', 'rest')
    const ofClient = entriesOf('reference', 'js')
    expect(ofServer.some(({ rule }) => isClientRule(rule))).toBe(false)
    expect(ofClient.length).toBeGreaterThan(0)
    expect(entriesOf('azurite', 'js')).toEqual([...ofServer, ...ofClient.filter(({ rule }) => isClientRule(rule))])
  })

  test('is named by both files', () => {
    const { file, baseline } = findBaseline(undefined, 'azurite', '3.37.0', false, 'js')
    expect(file).toBe('reports/baselines/azurite-3.37.0.json and reports/baselines/reference-js.json')
    expect(baseline?.driver).toBe('js')
  })

  test('is that of the server where nobody has looked at the library, and it is said', () => {
    const { file, baseline, remark } = findBaseline(undefined, 'azurite', '3.37.0', false, 'ruby')
    expect(file).toBe('reports/baselines/azurite-3.37.0.json')
    expect(baseline?.entries).toEqual(entriesOf('azurite', 'rest'))
    expect(remark).toContain('no baseline for driver ruby')
  })

  test('is none for a server that nobody has looked at', () => {
    expect(findBaseline(undefined, 'somewhere', '1', false, 'js')).toMatchObject({ baseline: undefined, file: null })
  })
})
