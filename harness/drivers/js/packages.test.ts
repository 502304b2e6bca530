import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UsageError } from '../../errors.ts'
import { chooseDriver as choose } from '../choose-driver.ts'
import { loadSdk } from './packages.ts'
import { sdkApiVersion } from './sdk-api-version.ts'

const chooseDriver = (driver: string, apiVersion: string | undefined, fallback: string) =>
  choose({ driver, apiVersion, sdkVersion: undefined, offline: true, onProgress: () => {} }, fallback)

const NOWHERE = join(tmpdir(), 'leasecheck-nothing-here', 'package.json')

test('a missing SDK is one sentence that says what to install', () => {
  expect(() => loadSdk([NOWHERE])).toThrow(UsageError)
  expect(() => loadSdk([NOWHERE])).toThrow(
    /^[^\n]*run: npm install --save-dev @azure\/storage-blob @azure\/storage-file-share$/,
  )
})

test('the first place that has it is taken', () => {
  const { versions } = loadSdk([NOWHERE, import.meta.url])
  expect(versions).toMatch(/^@azure\/storage-blob \d+\.\d+\.\d+\S*, @azure\/storage-file-share \d+\.\d+\.\d+\S*$/)
})

test('an SDK asks for a version of its own, and another one is refused before anything starts', async () => {
  const own = await sdkApiVersion(loadSdk().blob)
  expect(own).toMatch(/^20\d\d-\d\d-\d\d$/)
  expect((await chooseDriver('js', undefined, '2012-02-12')).apiVersion).toBe(own)
  expect((await chooseDriver('js', own, '2012-02-12')).apiVersion).toBe(own)
  await expect(chooseDriver('js', '2012-02-12', own)).rejects.toThrow(UsageError)
  await expect(chooseDriver('js', '2012-02-12', own)).rejects.toThrow(own)
})

test('a driver is asked for again by the same options', async () => {
  expect((await chooseDriver('js', undefined, '2012-02-12')).asked).toEqual(['--driver', 'js'])
  expect((await chooseDriver('rest', undefined, '2012-02-12')).asked).toEqual([])
})

test('plain HTTP asks for the version that it is told, else for the usual one', async () => {
  expect((await chooseDriver('rest', '2012-02-12', '2023-11-03')).apiVersion).toBe('2012-02-12')
  expect((await chooseDriver('rest', undefined, '2023-11-03')).apiVersion).toBe('2023-11-03')
})
