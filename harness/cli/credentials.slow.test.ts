import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ResultEvent } from '../../reports/results.ts'
import { restDriver } from '../drivers/rest.ts'
import { readSas } from '../targets/credentials/sas.ts'
import { userDelegationSas } from '../targets/credentials/user-delegation.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../targets/emulator-account.ts'
import { askOnce } from '../targets/probing/ask-once.ts'
import { askDelegationKey } from '../targets/probing/delegation-key.ts'
import { startReference } from '../targets/reference.ts'
import type { Target } from '../targets/target.ts'
import { type AzuriteServer, startAzuriteServer } from '../targets/testing/azurite-server.ts'
import { accountSas, containerSas } from '../targets/testing/signed-query.ts'
import { signedIn, unsignedToken } from '../targets/testing/token.ts'
import { leasecheck, removeTemporaryFolders, resultsIn, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)
const cwd = temporaryFolder()
/** A part of the tour that holds almost every operation, copies from URLs among them. */
const PART = ['--clock', 'header', '--only', 'leased', 'held']
const API_VERSION = '2023-11-03'
const TOKEN = unsignedToken()
const VERDICT_LIMIT_MS = 90_000

/** Runs a part of the tour, which has to find nothing new. */
async function verdict(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stderr } = await leasecheck(['run', ...args, ...PART], { cwd, env, limitMs: VERDICT_LIMIT_MS })
  const results = resultsIn(cwd)
  expect({ status, stderr: stderr.replace(/^(?:leasecheck: results:|tour:).*\n/gm, '') }).toEqual({
    status: 0,
    stderr: '',
  })
  return { ...results, known: known(results.events), notPermitted: results.header.plan.notPermitted ?? 0 }
}

function known(events: readonly ResultEvent[]): readonly string[] {
  return events
    .flatMap((each) => (each.event === 'bucket' ? [`${each.rule} ${each.field} ${each.observed}`] : []))
    .sort()
}

describe('Azurite', () => {
  let plain: AzuriteServer
  let secure: AzuriteServer
  let byKey: Awaited<ReturnType<typeof verdict>>
  beforeAll(async () => {
    ;[plain, secure] = await Promise.all([startAzuriteServer(), startAzuriteServer({ tls: true })])
    byKey = await verdict([plain.url])
  }, VERDICT_LIMIT_MS)
  afterAll(() => Promise.all([plain.close(), secure.close()]))

  const connectionString = (url: string, credential: string) =>
    `DefaultEndpointsProtocol=http;AccountName=${EMULATOR_ACCOUNT};${credential};BlobEndpoint=${url};`

  test('by key proves something', () => {
    expect(byKey.known.length).toBeGreaterThan(0)
    expect(byKey.footer?.cells.reached).toBeGreaterThan(100)
  })

  test('gives the same verdict by connection string', { timeout: VERDICT_LIMIT_MS }, async () => {
    const AZURE_STORAGE_CONNECTION_STRING = connectionString(plain.url, `AccountKey=${EMULATOR_KEY}`)
    const { known: found, footer } = await verdict(['account'], { AZURE_STORAGE_CONNECTION_STRING })
    expect([found, footer?.cells]).toEqual([byKey.known, byKey.footer?.cells])
  })

  test('gives the same verdict by key over TLS', { timeout: VERDICT_LIMIT_MS }, async () => {
    const { known: found, footer } = await verdict([secure.url, '--ca', secure.ca!])
    expect([found, footer?.cells]).toEqual([byKey.known, byKey.footer?.cells])
  })

  test('gives the same verdict by token', { timeout: VERDICT_LIMIT_MS }, async () => {
    const args = [secure.url, '--ca', secure.ca!, '--auth', 'entra']
    const { known: found, footer, header, notPermitted } = await verdict(args, signedIn(TOKEN, temporaryFolder()))
    expect(header).toMatchObject({ credential: 'token of Microsoft Entra ID' })
    expect(found).toEqual(byKey.known)
    expect(footer!.cells.reachable).toBe(byKey.footer!.cells.reachable - notPermitted)
    expect(notPermitted).toBeGreaterThan(0)
  })

  test('gives the same verdict by account SAS, apart from what it answers 500', {
    timeout: VERDICT_LIMIT_MS,
  }, async () => {
    const AZURE_STORAGE_CONNECTION_STRING = connectionString(plain.url, `SharedAccessSignature=${accountSas()}`)
    const { known: found, header } = await verdict(['account'], { AZURE_STORAGE_CONNECTION_STRING })
    expect(header.baseline).toBe('reports/baselines/azurite-3.37.0-account-sas.json')
    const [more, less] = differences(found, byKey.known)
    expect(more.every((each) => each.endsWith(' status 500'))).toBe(true)
    expect(less.every((each) => / 501 |write\.ended\.held-id status 200$|unlocked\.no-id status 412/.test(each))).toBe(
      true,
    )
  })

  test('is checked inside a container by its service SAS, and left as it was', {
    timeout: VERDICT_LIMIT_MS,
  }, async () => {
    await makeContainer(plain.url, 'box')
    const { known: found, header } = await verdict([`${plain.url}/box?${containerSas('box')}`, '--kinds', 'blob'])
    expect(header.repeat?.[0]).toBe(`${plain.url}/box`)
    const [more] = differences(found, byKey.known)
    expect(more.every((each) => / status 500$|^blob-snapshot\..* status 403/.test(each))).toBe(true)
    expect(await blobsIn(plain.url, 'box')).toBe(0)
  })

  /** It takes the name of a blob into the signature of a container, so what is tried here are blobs alone. */
  test('opens one blob to the user delegation SAS that a token is exchanged for', async () => {
    const ca = readFileSync(secure.ca!, 'utf8')
    await makeBlobs(secure.url, 'delegated', ca)
    const credential = { by: 'token', tokens: { getToken: async () => TOKEN } } as const
    const { key } = await askDelegationKey({ url: secure.url, account: EMULATOR_ACCOUNT, credential, ca }, API_VERSION)
    const opened = { account: EMULATOR_ACCOUNT, name: 'delegated/one', permissions: 'r', untilMs: Date.now() + 60_000 }
    const sas = readSas(userDelegationSas(key!, opened), Date.now())
    const bySas = { url: secure.url, account: EMULATOR_ACCOUNT, credential: { by: 'sas', sas } as const, ca }
    const read = async (path: string) =>
      (await askOnce(bySas, 'blob', { method: 'GET', path, parameters: [], apiVersion: API_VERSION })).status
    expect([await read('/delegated/one'), await read('/delegated/other')]).toEqual([200, 403])
  })

  test('is reached by the JavaScript SDK with a SAS and with a token', { timeout: 2 * VERDICT_LIMIT_MS }, async () => {
    const part = ['--driver', 'js', '--clock', 'header', '--only', 'acquire', 'available', 'fresh']
    for (const [args, env] of [
      [[plain.url], { AZURE_STORAGE_ACCOUNT: EMULATOR_ACCOUNT, AZURE_STORAGE_SAS_TOKEN: accountSas() }],
      [[secure.url, '--ca', secure.ca!, '--auth', 'entra'], signedIn(TOKEN, temporaryFolder())],
    ] as const) {
      const { status } = await leasecheck(['run', ...args, ...part], { cwd, env, limitMs: VERDICT_LIMIT_MS })
      const { footer, header } = resultsIn(cwd)
      expect(header.driver).toBe('js')
      expect({ status, new: footer?.buckets.new }).toEqual({ status: 0, new: 0 })
    }
  })
})

describe('the reference server', () => {
  let target: Target
  beforeAll(async () => {
    target = await startReference()
  })
  afterAll(() => target.close())

  test.each([
    ['everything', 'rwdlacupt', 'sco'],
    ['no tags', 'rwdlac', 'sco'],
    ['no listing of the account', 'rwdlact', 'co'],
    ['no creating, which writing is enough for', 'rwdla', 'sco'],
  ])(
    'has nothing new by an account SAS that permits %s',
    async (_, permissions, resources) => {
      const { url, fileUrl } = target.endpoints[0]!
      const sas = accountSas({ permissions, resources })
      const {
        known: found,
        footer,
        notPermitted,
      } = await verdict([url, '--file-url', fileUrl!, '--sas', sas, '--baseline', 'none'])
      expect([found, footer?.cells.unreached]).toEqual([[], expect.any(Array)])
      expect(footer!.cells.reached).toBe(footer!.cells.reachable)
      expect(notPermitted).toBeGreaterThan(0)
    },
    VERDICT_LIMIT_MS,
  )

  test('is checked by a SAS of its file service alone', async () => {
    const { url, fileUrl } = target.endpoints[0]!
    const sas = accountSas({ services: 'f' })
    const args = [
      url,
      '--file-url',
      fileUrl!,
      '--sas',
      sas,
      '--baseline',
      'none',
      '--clock',
      'header',
      '--only',
      'break',
    ]
    const { status, stderr } = await leasecheck(['run', ...args], { cwd })
    expect(resultsIn(cwd).header.kinds).toEqual(['share', 'file'])
    expect(stderr).toContain('left out: blob, since the SAS (ss=f, srt=sco')
    expect(status).toBe(0)
  })
})

/** What the first list has more than the second, and the other way round. */
function differences(some: readonly string[], others: readonly string[]) {
  return [some.filter((each) => !others.includes(each)), others.filter((each) => !some.includes(each))] as const
}

function ownerOf(url: string, ca?: string) {
  const credential = { by: 'key', key: EMULATOR_KEY } as const
  return restDriver({ endpoint: { url, account: EMULATOR_ACCOUNT, credential, ca }, apiVersion: API_VERSION })
}

async function makeContainer(url: string, name: string): Promise<void> {
  const driver = ownerOf(url)
  await driver.prepare([{ name: 'box', kind: 'container', condition: 'present' }], new Map([['box', name]]), undefined)
  await driver.close()
}

/** Makes a container with two blobs, `one` and `other`. */
async function makeBlobs(url: string, name: string, ca: string): Promise<void> {
  const driver = ownerOf(url, ca)
  const blob = (of: string) => ({ name: of, kind: 'blob', parent: 'box', condition: 'present' }) as const
  const names = new Map([['box', name], ...['one', 'other'].map((of) => [of, `${name}/${of}`] as const)])
  const world = [{ name: 'box', kind: 'container', condition: 'present' }, blob('one'), blob('other')] as const
  await driver.prepare(world, names, undefined)
  await driver.close()
}

async function blobsIn(url: string, container: string): Promise<number> {
  const answer = await fetch(
    `${url}/${container}?restype=container&comp=list&include=uncommittedblobs,snapshots&${accountSas()}`,
  )
  return (await answer.text()).split('<Blob>').length - 1
}
