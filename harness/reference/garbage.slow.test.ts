import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leasecheck, removeTemporaryFolders, resultsIn, temporaryFolder } from '../cli/child-command.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../targets/emulator-account.ts'
import { startReference } from '../targets/reference.ts'
import type { Target } from '../targets/target.ts'
import { emptyAccount } from './account.ts'
import { listen } from './listen.ts'
import { type Survival, survive } from './testing/survival.ts'

describe('a hundred thousand times garbage', { timeout: 300_000 }, () => {
  let target: Target
  let survival: Survival
  beforeAll(async () => {
    target = await startReference()
    survival = await survive(target.endpoints[0]!, { requests: 88_000, bytes: 12_000, seed: 2 })
  }, 300_000)
  afterAll(async () => {
    await target.close()
    removeTemporaryFolders()
  })

  test('is no fault of the server, and changes nothing it may not', () => {
    const { faults, changed, statuses } = survival
    expect({ faults, changed }).toEqual({ faults: [], changed: [] })
    // Garbage that is refused at the door proves little: a part of it has to come through.
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 400, 401, 404, 405, 409, 412]))
  })

  test.each(['blob,container', 'share,file'])('leaves a server whose %s leases a run finds right', async (kinds) => {
    const { url, fileUrl } = target.endpoints[0]!
    const cwd = temporaryFolder()
    const args = ['run', url, '--file-url', fileUrl!, '--clock', 'header', '--hostile', '--kinds', kinds]
    const { status, stdout } = await leasecheck(args, { cwd })
    expect(stdout).toContain(': nothing new')
    expect(resultsIn(cwd).footer).toMatchObject({ complete: true, buckets: { new: 0, known: 0 } })
    expect(status).toBe(0)
  })
})

test('what garbage took in memory is given back', { timeout: 120_000 }, async () => {
  const server = await listen(emptyAccount(EMULATOR_ACCOUNT, EMULATOR_KEY), { host: '127.0.0.1', port: 0, filePort: 0 })
  const urlOf = (port: number) => `http://127.0.0.1:${port}/${EMULATOR_ACCOUNT}`
  const urls = { url: urlOf(server.port), fileUrl: urlOf(server.filePort) }
  const endpoint = { ...urls, account: EMULATOR_ACCOUNT, credential: { by: 'key', key: EMULATOR_KEY } as const }
  await survive(endpoint, { requests: 5_000, bytes: 1_000, seed: 3 })
  const before = usedMiB()
  await survive(endpoint, { requests: 15_000, bytes: 3_000, seed: 4 })
  expect(usedMiB() - before).toBeLessThan(8)
  await server.close()
})

/** What is reachable, on the heap and outside of it. */
function usedMiB(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 2 ** 20
}
