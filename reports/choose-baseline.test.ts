import { expect, test } from 'vitest'
import { chooseBaseline } from './choose-baseline.ts'

const AVAILABLE = [
  ...['3.9.0', '3.37.0', '3.33.0', '3.34.0-beta.2', 'latest'].map((version) => available('azurite', version)),
  available('other', '3.36.0'),
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
  expect(chooseBaseline(AVAILABLE, target, version)).toEqual({ ...available(target, chosen), exact })
})

test.each([
  ['azurite', '3.8.0'],
  ['azurite', 'main'],
  ['unheard of', '3.37.0'],
])('%s %s has none', (target, version) => {
  expect(chooseBaseline(AVAILABLE, target, version)).toBeUndefined()
})

function available(target: string, targetVersion: string) {
  return { target, targetVersion, file: `${target}-${targetVersion}.json` }
}
