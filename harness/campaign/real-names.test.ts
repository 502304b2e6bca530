import { expect, test } from 'vitest'
import { WORLDS } from '../../model/usual-worlds.ts'
import type { ResourceSetting } from '../../model/world.ts'
import { realNames } from './real-names.ts'

const NEVER = '2001-01-01T00:00:00.0000000Z'

test.each<[string, Record<string, string>]>([
  ['blob', { container: 'x-7-container', blob: 'x-7-container/blob' }],
  ['blob-orphan', { container: 'x-7-container', blob: 'x-7-container/blob' }],
  [
    'blob-snapshot',
    { container: 'x-7-container', blob: 'x-7-container/blob', snapshot: `x-7-container/blob?snapshot=${NEVER}` },
  ],
  ['share-snapshot', { share: 'x-7-share', snapshot: `x-7-share?snapshot=${NEVER}` }],
  ['file-and-source', { share: 'x-7-share', source: 'x-7-share/source', file: 'x-7-share/file' }],
])('the names in world %s', (world, names) => {
  expect(Object.fromEntries(realNames(WORLDS[world]!, 'x-7'))).toEqual(names)
})

test('no container of a scenario begins with the name of one of another scenario', () => {
  const names = Array.from({ length: 120 }, (_, number) => [
    ...realNames(WORLDS.container!, `x-${number}`).values(),
    ...realNames([{ name: 'Über', kind: 'share', condition: 'present' }], `x-${number}`).values(),
  ])
  const flat = names.flat()
  for (const [number, own] of names.entries()) {
    const others = flat.filter((each) => !names[number]!.includes(each))
    expect(own.filter((name) => others.some((other) => other.startsWith(name)))).toEqual([])
  }
})

test('whatever containers are called in a scenario, their real names are valid and differ', () => {
  const world = ['photos', 'Photos', 'a--b', '', '7', 'x'.repeat(80)].map(
    (name): ResourceSetting => ({ name, kind: 'container', condition: 'present' }),
  )
  const names = [...realNames(world, 'leasecheck-abcde-123456').values()]
  expect(new Set(names).size).toBe(world.length)
  for (const name of names) expect(name).toMatch(/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/)
})

test('a blob in a container that the world does not mention has a place of its own', () => {
  const world: readonly ResourceSetting[] = [{ name: 'leaf', kind: 'blob', parent: 'box', condition: 'absent' }]
  expect(realNames(world, 'x-1').get('leaf')).toBe('x-1-box/leaf')
})
