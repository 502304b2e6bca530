import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startReference } from '../../targets/reference.ts'
import type { Target } from '../../targets/target.ts'

/** What each program says where the SDK has the defect that it shows. */
const PROGRAMS = [
  ['container-properties-lease', 'container, with the id of no lease: it succeeds\n'],
  ['empty-share-policies', 'policies: TypeError\n'],
  [
    'rename-path-style',
    expect.stringMatching(/^asked for \/(defect-\d+)\/after instead of \/devstoreaccount1\/\1\/after\n$/),
  ],
  ['share-lease-renewal', 'share: RangeError\nfile: TypeError\n'],
] as const

let target: Target
beforeAll(async () => {
  target = await startReference({ processes: 1 })
})
afterAll(async () => {
  await target.close()
})

test.each(PROGRAMS)('%s shows its defect without leasecheck', async (name, said) => {
  const { url, fileUrl, account, credential } = target.endpoints[0]!
  const connection = {
    AccountName: account,
    AccountKey: credential.by === 'key' ? credential.key : '',
    BlobEndpoint: url,
    FileEndpoint: fileUrl,
  }
  const text = Object.entries(connection).map(([key, value]) => `${key}=${value}`)
  const env = { ...process.env, AZURE_STORAGE_CONNECTION_STRING: ['DefaultEndpointsProtocol=http', ...text].join(';') }
  const program = fileURLToPath(new URL(`./defects/${name}.mjs`, import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [program], { env })
  expect(stdout).toEqual(said)
})
