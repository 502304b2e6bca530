import { describe, expect, test } from 'vitest'
import { UsageError } from '../../errors.ts'
import { buildTags, isOlderGo, neededGo, replacements } from './go-versions.ts'

const AZBLOB = 'github.com/Azure/azure-sdk-for-go/sdk/storage/azblob'
const AZFILE = 'github.com/Azure/azure-sdk-for-go/sdk/storage/azfile'

describe('the versions of the SDK that were asked for', () => {
  test.each([
    [undefined, []],
    ['1.6.0', [`${AZBLOB}=${AZBLOB}@v1.6.0`]],
    ['v1.6.0', [`${AZBLOB}=${AZBLOB}@v1.6.0`]],
    ['1.6.0,1.5.2-beta.1', [`${AZBLOB}=${AZBLOB}@v1.6.0`, `${AZFILE}=${AZFILE}@v1.5.2-beta.1`]],
  ])('%s', (asked, replaced) => {
    expect(replacements(asked)).toEqual(replaced)
  })

  test.each(['latest', '1.6', '', '1.6.0,', '1.6.0,1.5.2,1.0.0', '1.6.0=x', '1.6.0 -x'])('%s is none', (asked) => {
    expect(() => replacements(asked)).toThrow(UsageError)
  })
})

test('go.mod tells which Go it needs', () => {
  expect(neededGo('module x\n\ngo 1.25.0\n\nrequire (\n')).toBe('1.25.0')
})

describe('a Go is too old', () => {
  test.each([
    ['go1.24.9', true],
    ['go1.9', true],
    ['go1.25rc1', false],
    ['go1.25', false],
    ['go1.25.0', false],
    ['go1.26.8', false],
    ['go2.0', false],
    ['devel go1.27-abcdef', false],
  ])('%s for 1.25.0: %s', (version, older) => {
    expect(isOlderGo(version, '1.25.0')).toBe(older)
  })
})

test('what azblob 1.0 lacks is left out', () => {
  expect(buildTags('1.0.0')).toEqual(['-tags', 'azblob1_0'])
  expect([undefined, '1.1.0', '1.10.0'].flatMap(buildTags)).toEqual([])
})
