import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type OperationName, operation } from '../../model/operation.ts'
import type { ResourceKind } from '../../model/resource.ts'
import { NEWEST_VERSION } from '../../model/service-version.ts'
import { WORLDS } from '../../model/usual-worlds.ts'
import type { ResourceSetting } from '../../model/world.ts'
import { realNames } from '../campaign/real-names.ts'
import type { Driver, Names } from '../drivers/driver.ts'
import { restDriver } from '../drivers/rest.ts'
import { startReference } from '../targets/reference.ts'
import type { Target } from '../targets/target.ts'
import { leasecheck, removeTemporaryFolders, start, temporaryFolder } from './child-command.ts'
import { namesOn } from './testing/names-on.ts'

afterAll(removeTemporaryFolders)

const SHARE_AND_ALL: readonly ResourceSetting[] = [
  ...WORLDS['share-snapshot']!,
  { name: 'file', kind: 'file', parent: 'share', condition: 'present' },
]
/** What looks like ours to who does not look closely. */
const NEIGHBOURS = [
  'leasecheck',
  'leasecheck-backups',
  'leasecheck-abcde-notes',
  'leasecheck-abcde-1-container-of-mine',
  'my-leasecheck-x',
  'my-leasecheck-abcde-1-container',
]
const HOUR_MS = 3_600_000

describe('leftovers', () => {
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
  afterEach(async () => {
    // Each test begins with an empty server.
    target = { ...target, endpoints: (await target.restart?.()) ?? target.endpoints }
    await driver.close()
    driver = restDriver({ endpoint: target.endpoints[0]!, apiVersion: NEWEST_VERSION })
  })

  /** Leaves a world, everything in it leased for ever, as if it had last been changed some time ago. */
  async function leave(world: readonly ResourceSetting[], base: string, agoMs = 0): Promise<Names> {
    const instant = Date.now() - agoMs
    const { names } = await driver.prepare(world, realNames(world, base), instant)
    for (const { name, kind } of world) {
      const acquire = operation('acquire', name, { duration: '-1' })
      expect((await driver.perform(acquire, kind, names, instant)).answer?.status).toBe(201)
    }
    return names
  }

  async function make(name: string, kind: Extract<ResourceKind, 'container' | 'share'>): Promise<void> {
    const use: OperationName = kind === 'container' ? 'createContainer' : 'createShare'
    const { answer } = await driver.perform(operation(use, 'it'), kind, new Map([['it', name]]), undefined)
    expect(answer?.status).toBe(201)
  }

  function clean(...args: readonly string[]) {
    const { url, fileUrl } = target.endpoints[0]!
    return leasecheck(['clean', url, '--file-url', fileUrl!, ...args], { cwd: temporaryFolder() })
  }

  const all = () => namesOn(target.endpoints[0]!)

  test('are removed whatever is leased in them, and nothing else is touched', async () => {
    for (const name of NEIGHBOURS) for (const kind of ['container', 'share'] as const) await make(name, kind)
    const before = await all()
    await leave(WORLDS.blob!, 'leasecheck-abcde-1')
    await leave(SHARE_AND_ALL, 'leasecheck-abcde-2r2')
    await leave(WORLDS.container!, 'leasecheck-00000-0')
    const shown = await clean('--older-than', '0s', '--dry-run')
    expect(shown).toMatchObject({ status: 0, stderr: '' })
    expect(shown.stdout).toMatch(
      /leasecheck-abcde: 2 leftovers, last changed .* ago: leasecheck-abcde-1-container, leasecheck-abcde-2r2-share/,
    )
    expect(await all()).toHaveLength(before.length + 3)
    const removed = await clean('--older-than', '0s')
    expect(removed).toMatchObject({ status: 0, stderr: '' })
    expect(removed.stdout).toMatch(/\n3 leftovers removed\n$/)
    expect(await all()).toEqual(before)
    expect(await clean('--older-than', '0s')).toMatchObject({ status: 0, stdout: 'nothing to remove\n' })
  })

  test('of the last hour are left alone, unless asked for', async () => {
    await leave(WORLDS.container!, 'leasecheck-young-0', HOUR_MS / 2)
    await leave(WORLDS.container!, 'leasecheck-old00-0', 2 * HOUR_MS)
    const { stdout } = await clean()
    expect(stdout).toContain('1 leftover removed')
    expect(stdout).toContain('1 leftover changed less than')
    expect(await all()).toEqual(['leasecheck-young-0-container'])
    await clean('--older-than', '20m')
    expect(await all()).toEqual([])
  })

  test('fill more than one page', async () => {
    for (let number = 0; number < 130; number++) await make(`leasecheck-abcde-${number}-container`, 'container')
    expect((await clean('--older-than', '0s')).stdout).toContain('130 leftovers removed')
    expect(await all()).toEqual([])
  })

  test('of a run that was killed are found', async () => {
    const { url, fileUrl } = target.endpoints[0]!
    const args = ['run', url, '--file-url', fileUrl!, '--kinds', 'container,share', '--only', 'change']
    const run = start(args, { cwd: temporaryFolder() })
    while ((await all()).length < 12) await sleep(10)
    process.kill(run.pid, 'SIGKILL')
    await run.ended
    expect((await all()).length).toBeGreaterThan(0)
    expect(await clean('--older-than', '0s')).toMatchObject({ status: 0 })
    expect(await all()).toEqual([])
  })

  test('on a server that cannot be asked, or is none', async () => {
    expect(await leasecheck(['clean', 'reference'], { cwd: temporaryFolder() })).toMatchObject({
      status: 2,
      stdout: '',
    })
    expect(
      await leasecheck(['clean', 'http://127.0.0.1:1/devstoreaccount1'], { cwd: temporaryFolder() }),
    ).toMatchObject({
      status: 3,
      stdout: '',
    })
  })
})
