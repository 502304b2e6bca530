import { describe, expect, test } from 'vitest'
import { UsageError } from '../../errors.ts'
import { PINNED, sdkVersions } from './sdk-versions.ts'

const packagesOf = (asked: string | undefined) => sdkVersions(asked).requirements.slice(0, 2)

describe('the versions of the Python SDK', () => {
  test('are pinned where none is asked for, and with the pinned blob package', () => {
    const pinned = [`azure-storage-blob==${PINNED.blob}`, `azure-storage-file-share==${PINNED.fileShare}`]
    expect(packagesOf(undefined)).toEqual(pinned)
    expect(sdkVersions(PINNED.blob)).toEqual(sdkVersions(undefined))
  })

  test('of the blob package alone take the file share package of the same time', () => {
    expect(packagesOf('12.20.0')).toEqual(['azure-storage-blob==12.20.0', 'azure-storage-file-share==12.16.*'])
  })

  test('of both packages are taken as they are', () => {
    expect(packagesOf('12.9.0,12.6.0')).toEqual(['azure-storage-blob==12.9.0', 'azure-storage-file-share==12.6.0'])
    expect(packagesOf('12.28.0b1,12.24.0b1')).toEqual([
      'azure-storage-blob==12.28.0b1',
      'azure-storage-file-share==12.24.0b1',
    ])
  })

  test('have a folder each', () => {
    const labels = [undefined, '12.20.0', '12.20.0,12.16.1', '12.9.0,12.6.0'].map((each) => sdkVersions(each).label)
    expect(new Set(labels).size).toBe(labels.length)
    for (const label of labels) expect(label).toMatch(/^[a-z0-9.-]+$/)
  })

  test.each(['newest', '12', '12.20', '12.20.0,', ',12.16.0', '12.20.0,12.16.0,3.0.0', '12.20.0;x', '../12.20.0'])(
    '%s is refused',
    (asked) => expect(() => sdkVersions(asked)).toThrow(UsageError),
  )

  test.each(['2.1.0', '12.9.0', '12.28.0b1'])('%s alone is refused: what goes with it is not known', (asked) => {
    expect(() => sdkVersions(asked)).toThrow(`give both, as in --sdk-version ${asked},`)
  })
})
