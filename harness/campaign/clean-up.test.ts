import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OperationName, operation } from '../../model/operation.ts'
import { NEWEST_VERSION } from '../../model/service-version.ts'
import { WORLDS } from '../../model/usual-worlds.ts'
import type { ResourceSetting } from '../../model/world.ts'
import { type Driver, restDriver } from '../drivers/rest.ts'
import { startReference } from '../targets/reference.ts'
import type { Target } from '../targets/target.ts'
import { cleanUp } from './clean-up.ts'
import { realNames } from './real-names.ts'

const NOW_MS = Date.UTC(2030, 0, 1)
const SHARE_AND_ALL: readonly ResourceSetting[] = [
  ...WORLDS['share-snapshot']!,
  { name: 'file', kind: 'file', parent: 'share', condition: 'present' },
]

describe('on the reference server', () => {
  let target: Target
  let driver: Driver
  beforeAll(async () => {
    target = await startReference({ processes: 1 })
    driver = restDriver({ endpoint: target.endpoints[0]!, apiVersion: NEWEST_VERSION })
  })
  afterAll(async () => {
    await driver.close()
    await target.close()
  })

  test.each<[string, readonly ResourceSetting[], OperationName]>([
    ['container', WORLDS.blob!, 'getContainerProperties'],
    ['share', SHARE_AND_ALL, 'getShareProperties'],
  ])('a %s goes with all that is inside, everything leased for ever', async (top, world, read) => {
    const { names } = await driver.prepare(world, realNames(world, `gone-${top}`), NOW_MS)
    for (const { name, kind } of world) {
      const acquire = operation('acquire', name, { duration: '-1' })
      expect((await driver.perform(acquire, kind, names, NOW_MS)).answer?.status).toBe(201)
    }
    const left: string[] = []
    const leftBehind = (...what: readonly string[]) => void left.push(...what)
    await cleanUp(world, { driver, version: NEWEST_VERSION, names, instant: NOW_MS, leftBehind })
    expect(left).toEqual([])
    const kind = world[0]!.kind
    expect((await driver.perform(operation(read, top), kind, names, NOW_MS)).answer?.status).toBe(404)
  })

  test('what cannot be removed is told, with the reason', async () => {
    const names = realNames(WORLDS.container!, 'stays')
    const stranger = restDriver({
      endpoint: {
        ...target.endpoints[0]!,
        credential: { by: 'key', key: Buffer.from('another key').toString('base64') },
      },
      apiVersion: NEWEST_VERSION,
    })
    const left: string[] = []
    const leftBehind = (...what: readonly string[]) => void left.push(...what)
    await cleanUp(WORLDS.container!, { driver: stranger, version: NEWEST_VERSION, names, instant: NOW_MS, leftBehind })
    await stranger.close()
    expect(left).toEqual(['stays-container', '403 AuthenticationFailed'])
  })
})
