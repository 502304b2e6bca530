import { describe, expect, test } from 'vitest'
import { azuriteCommand, clockOf, imageNamed } from './image.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`

describe('an image by its name', () => {
  test.each([
    ['mcr.microsoft.com/azure-storage/azurite:3.37.0', true, '3.37.0'],
    ['mcr.microsoft.com/azure-storage/azurite', true, undefined],
    ['localhost:5000/azurite:latest', true, undefined],
    [`azurite:3.33.0@${DIGEST}`, true, '3.33.0'],
    ['quay.io/somebody/azurite-fork:1.2.3', false, undefined],
    ['azurite/server:1', false, undefined],
  ])('%s', (name, isAzurite, version) => {
    expect(imageNamed(name)).toEqual({ name, isAzurite, version })
  })

  test.each(['', 'two words', 'UPPER', 'azurite:', 'azurite@3.37.0', '-x;rm', 'http://host/image'])(
    '%j is none',
    (name) => expect(imageNamed(name)).toBeUndefined(),
  )
})

test('only Azurite is on virtual time unless it is asked for', () => {
  const [azurite, other] = ['azurite:3.37.0', 'other:1'].map((name) => imageNamed(name)!) as [never, never]
  expect([clockOf(azurite, undefined), clockOf(other, undefined)]).toEqual(['header', 'wall'])
  expect([clockOf(azurite, 'wall'), clockOf(other, 'header')]).toEqual(['wall', 'header'])
})

test('Azurite gets no flag that its version does not know', () => {
  const tells = (name: string) => azuriteCommand(imageNamed(name)!).includes('--disableTelemetry')
  expect(['azurite:3.28.0', 'azurite:3.33.0'].map(tells)).toEqual([false, false])
  expect(['azurite:3.34.0', 'azurite:3.37.0', 'azurite:4.0.0', 'azurite'].map(tells)).toEqual([true, true, true, true])
})
