import { expect, test } from 'vitest'
import { chooseBaseline } from './choose-baseline.ts'

const AVAILABLE = [
  ...['3.9.0', '3.37.0', '3.33.0', '3.34.0-beta.2', 'latest'].map((version) => available('azurite', version)),
  available('other', '3.36.0'),
  available('azurite', '3.34.0', 'js'),
  available('own', '', 'js'),
]

test.each([
  ['azurite', '3.37.0', '3.37.0', true],
  ['azurite', '3.37.1', '3.37.0', false],
  ['azurite', '3.36.9', '3.34.0-beta.2', false],
  ['azurite', '3.34.0', '3.34.0-beta.2', false],
  ['azurite', '3.34.0-beta.1', '3.33.0', false],
  ['azurite', '3.10.0', '3.9.0', false],
  ['azurite', '4.0.0', '3.37.0', false],
  ['azurite', 'latest', 'latest', true],
  ['other', '3.37', '3.36.0', false],
])('%s %s takes the baseline of %s', (target, version, chosen, exact) => {
  expect(chooseBaseline(AVAILABLE, target, version, 'rest')).toEqual({ ...available(target, chosen), exact })
})

test.each([
  ['azurite', '3.8.0'],
  ['azurite', 'main'],
  ['unheard of', '3.37.0'],
])('%s %s has none', (target, version) => {
  expect(chooseBaseline(AVAILABLE, target, version, 'rest')).toBeUndefined()
})

test.each([
  ['azurite', '3.34.0', 'js', available('azurite', '3.34.0', 'js'), true],
  ['azurite', '3.37.0', 'js', available('azurite', '3.34.0', 'js'), false],
  ['own', '9.9.9', 'js', available('own', '', 'js'), true],
])('%s %s with driver %s takes that of its driver', (target, version, driver, chosen, exact) => {
  expect(chooseBaseline(AVAILABLE, target, version, driver)).toEqual({ ...chosen, exact })
})

test('the baseline of one driver is none for another', () => {
  expect(chooseBaseline(AVAILABLE, 'other', '3.36.0', 'js')).toBeUndefined()
  expect(chooseBaseline(AVAILABLE, 'own', '9.9.9', 'rest')).toBeUndefined()
})

function available(target: string, targetVersion: string, driver = 'rest') {
  return { target, targetVersion, driver, file: `${target}-${targetVersion}.json` }
}
