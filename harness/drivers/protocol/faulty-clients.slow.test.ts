import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ResourceKind } from '../../../model/resource.ts'
import type { Leg } from '../../../properties/leg.ts'
import { leasecheck, removeTemporaryFolders, resultsIn, temporaryFolder } from '../../cli/child-command.ts'
import type { EmbeddedTarget } from '../../targets/embedded-target.ts'
import { startReference } from '../../targets/reference.ts'
import { FAULTS } from './testing/faults/index.ts'
import { loseRequests } from './testing/losing-requests.ts'
import { RIGHT_CLIENT } from './testing/plain-client.ts'
import { plainTour, sendOnTour } from './testing/touring.ts'

const KINDS = ['blob', 'blob-snapshot', 'container', 'share', 'file'] as const
const LOSING_KINDS = ['blob', 'container', 'share', 'file'] as const

let target: EmbeddedTarget
beforeAll(async () => {
  target = await startReference()
})
afterAll(async () => {
  await target.close()
  removeTemporaryFolders()
})

const tours = new Map<ResourceKind, readonly Leg[]>()
function tourOf(kind: ResourceKind): readonly Leg[] {
  const known = tours.get(kind) ?? plainTour(kind)
  tours.set(kind, known)
  return known
}

test.each(KINDS)('a client that does everything right is never accused: %s', async (kind) => {
  const { client, server, requests } = await sendOnTour(RIGHT_CLIENT, tourOf(kind), target)
  expect({ client, server }).toEqual({ client: [], server: [] })
  expect(requests).toBeGreaterThan(50)
})

test.each(LOSING_KINDS)('nor when requests and answers get lost: %s', async (kind) => {
  const { client, server, requests } = await loseRequests(RIGHT_CLIENT, kind, target)
  expect({ client, server }).toEqual({ client: [], server: [] })
  expect(requests).toBeGreaterThan(50)
})

describe('a client is found out that', () => {
  test('there are enough faults, each with a name of its own', () => {
    expect(FAULTS.length).toBeGreaterThanOrEqual(40)
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length)
  })

  test.each(FAULTS)('$name: $breaks', async ({ kind, breaks, spoil, shownBy }) => {
    const faulty = spoil(RIGHT_CLIENT)
    const { client, server } =
      shownBy === 'losses'
        ? await loseRequests(faulty, kind, target)
        : await sendOnTour(faulty, tourOf(kind), target, (broken) => broken.has(breaks))
    expect(client).toContain(breaks)
    expect(server).toEqual([])
  })
})

describe('the same as a driver of its own, for the command', () => {
  const PROGRAM = fileURLToPath(new URL('./testing/plain-driver.ts', import.meta.url))

  async function run(fault: string, ...only: readonly string[]) {
    const cwd = temporaryFolder()
    const driver = `exec:"${process.execPath}" "${PROGRAM}" ${fault}`
    const args = ['run', 'reference', '--driver', driver, '--kinds', 'container', '--only', ...only]
    const { status, stderr } = await leasecheck(args, { cwd })
    const buckets = resultsIn(cwd).events.filter((each) => each.event === 'bucket')
    return { status, stderr, rules: buckets.map(({ rule }) => rule) }
  }

  test('a right client: exit status 0', async () => {
    expect(await run('', 'change')).toMatchObject({ status: 0, rules: [] })
  })

  test('a faulty client: exit status 1', async () => {
    const { status, rules } = await run('swaps the two ids of a change', 'change')
    expect(status).toBe(1)
    expect(rules).toContain('client.container.change.sends.lease-id')
  })
})
