import { afterAll, beforeAll, expect, test } from 'vitest'
import { operation } from '../../model/operation.ts'
import type { ResourceSetting } from '../../model/world.ts'
import { startAzurite } from '../targets/azurite.ts'
import { EMULATOR_KEY } from '../targets/emulator-account.ts'
import type { Target } from '../targets/target.ts'
import { blobSasSigner } from './blob-sas.ts'
import { snapshotOf, urlOf } from './real-name.ts'
import { restDriver } from './rest.ts'

const WORLD: readonly ResourceSetting[] = [
  { name: 'box', kind: 'container', condition: 'present' },
  { name: 'leaf', kind: 'blob', parent: 'box', condition: 'present' },
  { name: 'picture', kind: 'blob-snapshot', parent: 'leaf', condition: 'present' },
]
const NEVER = '2001-01-01T00:00:00.0000000Z'
const MINUTE_MS = 60_000
let target: Target
let leaf: string
let picture: string

beforeAll(async () => {
  target = await startAzurite({ processes: 1 })
  const names = new Map([
    ['box', 'signed'],
    ['leaf', 'signed/a dir/<l&af>+é%'],
    ['picture', snapshotOf('signed/a dir/<l&af>+é%', NEVER)],
  ])
  const driver = restDriver({ endpoint: target.endpoints[0]!, apiVersion: '2023-11-03' })
  const real = (await driver.prepare(WORLD, names, Date.now())).names
  leaf = real.get('leaf')!
  picture = real.get('picture')!
  const { answer } = await driver.perform(operation('setBlobMetadata', 'leaf'), 'blob', real, Date.now())
  expect(answer?.status).toBe(200)
  await driver.close()
})
afterAll(() => target.close())

/** The status with which Azurite answers anybody who reads a resource with a signature. */
async function statusOf(resource: string, signature: string): Promise<number> {
  const url = urlOf(target.endpoints[0]!.url, resource)
  const response = await fetch(`${url}${url.includes('?') ? '&' : '?'}${signature}`)
  await response.text()
  return response.status
}

test('who has the signature of a blob reads it, and nothing else', async () => {
  const { account } = target.endpoints[0]!
  const signature = blobSasSigner(account, EMULATOR_KEY)(leaf, Date.now() + MINUTE_MS)
  expect(await statusOf(leaf, signature)).toBe(200)
  expect(await statusOf(`${leaf}s`, signature)).toBe(403)
  expect(await statusOf(leaf, '')).not.toBe(200)
})

test('who has that of a snapshot reads the snapshot', async () => {
  const { account } = target.endpoints[0]!
  const signature = blobSasSigner(account, EMULATOR_KEY)(picture, Date.now() + MINUTE_MS)
  expect(await statusOf(picture, signature)).toBe(200)
  // Azurite would take `b` as well. Source: Create a service SAS, "Specify the signed resource field".
  expect(new URLSearchParams(signature).get('sr')).toBe('bs')
})

test('a signature ends, and that of another key is none', async () => {
  const { account } = target.endpoints[0]!
  expect(await statusOf(leaf, blobSasSigner(account, EMULATOR_KEY)(leaf, Date.now() - MINUTE_MS))).toBe(403)
  const another = Buffer.from('another key').toString('base64')
  expect(await statusOf(leaf, blobSasSigner(account, another)(leaf, Date.now() + MINUTE_MS))).toBe(403)
})
