import { describe, expect, test } from 'vitest'
import { clientNames, pairsOf, targetNames } from './pair.ts'

describe('clients are read', () => {
  test('by name, with the version of an SDK, and as a command of their own', () => {
    const own = clientNames('exec:my driver, with a comma', clientNames('rest,python@12.27.1,go@1.6.0+1.5.2'))
    expect(own).toEqual([
      { asked: 'rest', driver: 'rest' },
      { asked: 'python@12.27.1', driver: 'python', sdkVersion: '12.27.1' },
      { asked: 'go@1.6.0+1.5.2', driver: 'go', sdkVersion: '1.6.0,1.5.2' },
      { asked: 'exec:my driver, with a comma', driver: 'exec:my driver, with a comma' },
    ])
  })

  test.each([
    ['ruby', '"ruby" is no driver: there are rest, js, python'],
    ['rest,,js', 'expected names, separated by commas'],
    ['python@newest', '"python@newest" names no version: expected e.g. python@12.27.1'],
    ['exec:', '"exec:" is no driver'],
  ])('%s says what is wrong', (text, saying) => expect(() => clientNames(text)).toThrow(saying))
})

test('a target that is none is refused by name', () => {
  expect(targetNames('reference, azurite@3.35.0')).toEqual(['reference', 'azurite@3.35.0'])
  expect(() => targetNames('reference,nowhere')).toThrow('there is no target "nowhere"')
})

describe('pairs', () => {
  test('are every client on every server, server by server, each once', () => {
    const pairs = pairsOf(['reference', 'azurite', 'reference'], clientNames('rest,js,rest'))
    expect(pairs.map(({ folder }) => folder)).toEqual(['reference/rest', 'reference/js', 'azurite/rest', 'azurite/js'])
  })

  test('have folders of their own, which any file system takes', () => {
    const long = `exec:${'x'.repeat(300)}`
    const pairs = pairsOf(
      ['container:mcr.microsoft.com/azurite:3', 'http://127.0.0.1:10000/devstoreaccount1'],
      [...clientNames('exec:my driver/../..'), ...clientNames(`${long}1`), ...clientNames(`${long}2`)],
    )
    const folders = pairs.map(({ folder }) => folder)
    expect(new Set(folders).size).toBe(6)
    expect(folders[0]).toBe('container-mcr.microsoft.com-azurite-3/exec-my-driver')
    expect(folders.at(-1)).toMatch(/^127\.0\.0\.1-10000-devstoreaccount1\/exec-x+-2$/)
    for (const folder of folders) expect(folder).toMatch(/^[\w.-]{1,80}\/[\w.-]{1,80}$/)
  })

  test('show no credential', () => {
    const [pair] = pairsOf(['https://name.blob.core.windows.net/?sv=2024&sig=c2VjcmV0'], clientNames('rest'))
    expect(pair!.target).toContain('sig=')
    expect(`${pair!.targetShown} ${pair!.folder}`).not.toMatch(/sig|c2VjcmV0/)
  })
})
