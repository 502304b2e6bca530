import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { BlobServiceClient } from '@azure/storage-blob'
import { ShareServiceClient } from '@azure/storage-file-share'
import { afterAll, expect, test } from 'vitest'
import { leasecheck, removeTemporaryFolders, type Started, start, survivors, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

const cwd = temporaryFolder()
const FREE_PORTS = ['--port', '0', '--file-port', '0']

/** Waits for the greeting, and takes the connection string out of it. */
async function connectionStringOf(serving: Started): Promise<string> {
  const limitMs = performance.now() + 30_000
  while (!serving.stdout().includes('x-leasecheck-clock')) {
    if (performance.now() > limitMs) throw new Error(`no greeting: ${serving.stdout()}`)
    await sleep(20)
  }
  return /^DefaultEndpointsProtocol=.*$/m.exec(serving.stdout())![0]
}

test.each(['SIGINT', 'SIGTERM'] as const)('serve says where, serves, and ends with status 0 on %s', async (signal) => {
  const serving = start(['serve', ...FREE_PORTS], { cwd })
  const connection = await connectionStringOf(serving)
  const container = BlobServiceClient.fromConnectionString(connection).getContainerClient('pasted')
  await container.create()
  await container.getBlobLeaseClient().acquireLease(15)
  expect((await container.getProperties()).leaseState).toBe('leased')
  const share = ShareServiceClient.fromConnectionString(connection).getShareClient('pasted')
  await share.create()
  expect((await share.getProperties()).leaseState).toBe('available')
  process.kill(serving.pid, signal)
  const { status, stdout, stderr } = await serving.ended
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(/blob service {3}http:\/\/127\.0\.0\.1:\d+\/devstoreaccount1/)
  expect(await survivors(serving)).toEqual([])
})

test('another account has another key, which is not shown', async () => {
  const key = Buffer.from('a key of our own').toString('base64')
  const serving = start(['serve', ...FREE_PORTS, '--account', 'somebody', '--key', key], { cwd })
  const connection = await connectionStringOf(serving)
  expect(serving.stdout()).not.toContain(key)
  const withKey = connection.replace('<the key given by --key>', key)
  await BlobServiceClient.fromConnectionString(withKey).createContainer('pasted')
  process.kill(serving.pid, 'SIGINT')
  expect((await serving.ended).status).toBe(0)
})

test('wrong usage ends with 2 and one sentence', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const taken = String((holder.address() as AddressInfo).port)
  const cases: readonly (readonly [args: readonly string[], saying: string])[] = [
    [['--port', taken], `port ${taken} is in use; choose another with --port`],
    [['--port', '0', '--file-port', taken], `port ${taken} is in use; choose another with --file-port`],
    [['--port', '70000'], 'expected a whole number from 0 to 65535'],
    [['--account', 'Some Body'], '"Some Body" is no name of an account'],
    [['--key', '???'], 'the account key is not base64'],
    [[...FREE_PORTS, '--host', '192.0.2.1'], '192.0.2.1 is no address of this machine'],
  ]
  for (const [args, saying] of cases) {
    const { status, stderr } = await leasecheck(['serve', ...args], { cwd })
    expect(stderr).toMatch(/^leasecheck: .*\n$/)
    expect(stderr).toContain(saying)
    expect(status).toBe(2)
  }
  holder.close()
})
