import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signedAccountSas } from '../targets/credentials/signing-sas.ts'
import { type AzuriteServer, startAzuriteServer } from '../targets/testing/azurite-server.ts'
import { signedIn, unsignedToken } from '../targets/testing/token.ts'
import { type Ended, leasecheck, removeTemporaryFolders, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

const KEY = Buffer.from('planted key that nobody may ever see').toString('base64')
const ACCOUNT = 'planted'
const SAS = signedAccountSas({
  account: ACCOUNT,
  key: KEY,
  permissions: 'rwdlac',
  resources: 'sco',
  services: 'bf',
  untilMs: Date.now() + 24 * 3_600_000,
}).query
const SIGNATURE = new URLSearchParams(SAS).get('sig')!
const TOKEN = unsignedToken()
const PASSWORD = 'planted-password'
/** What must never be seen, in whatever way it is written. */
const SECRETS = [KEY, SIGNATURE, encodeURIComponent(SIGNATURE), TOKEN.token, TOKEN.token.split('.')[1]!, PASSWORD]

const PART = ['--clock', 'header', '--only', 'renew', 'expired', 'match']

/** Of the places those that are tried where they do not work: one of each kind. */
const SPOILT = ['a key by flag', 'a string with a SAS by environment', 'a SAS in the URL', 'a token']

describe('no secret is in any output, file or error', () => {
  let plain: AzuriteServer
  let secure: AzuriteServer
  beforeAll(async () => {
    const account = { name: ACCOUNT, key: KEY }
    ;[plain, secure] = await Promise.all([startAzuriteServer({ account }), startAzuriteServer({ tls: true, account })])
  })
  afterAll(() => Promise.all([plain.close(), secure.close()]))

  const string = (url: string, credential: string) => `AccountName=${ACCOUNT};${credential};BlobEndpoint=${url}`
  type Place = readonly [name: string, args: () => readonly string[], env: () => NodeJS.ProcessEnv]
  const places: readonly Place[] = [
    ['a key by flag', () => [plain.url, '--key', KEY], () => ({})],
    ['a key by environment', () => [plain.url], () => ({ AZURE_STORAGE_KEY: KEY })],
    ['a string by flag', () => ['account', '--connection-string', string(plain.url, `AccountKey=${KEY}`)], () => ({})],
    [
      'a string with a SAS by environment',
      () => ['account'],
      () => ({ AZURE_STORAGE_CONNECTION_STRING: string(plain.url, `SharedAccessSignature=${SAS}`) }),
    ],
    ['a SAS by flag', () => [plain.url, '--sas', SAS], () => ({})],
    ['a SAS in the URL', () => [`${plain.url}?${SAS}`], () => ({})],
    ['a token', () => [secure.url, '--ca', secure.ca!, '--auth', 'entra'], () => signedIn(TOKEN, temporaryFolder())],
  ]

  test.each(places)('%s, where it works', { timeout: 120_000 }, async (_, args, env) => {
    const cwd = temporaryFolder()
    const run = await leasecheck(['run', ...args(), ...PART, '--update-baseline', '--verbose'], { cwd, env: env() })
    expect(run.status, run.stderr).toBe(0)
    expectClean(cwd, run)
    for (const command of [
      ['doctor'],
      ['doctor', '--json'],
      ['replay', 'lc1/blob/acquire,duration=15'],
      ['replay', '--json', 'lc1/blob/break'],
    ]) {
      const [name, ...rest] = command
      const clock = name === 'replay' ? ['--clock', 'header'] : []
      expectClean(cwd, await leasecheck([name!, ...rest, ...args(), ...clock], { cwd, env: env() }))
    }
  })

  test.each(places.filter(([name]) => SPOILT.includes(name)))(
    '%s, where it shows new divergences',
    { timeout: 120_000 },
    async (_, args, env) => {
      const cwd = temporaryFolder()
      const part = ['--clock', 'header', '--only', 'renew', '--kinds', 'blob', '--baseline', 'none']
      const run = await leasecheck(['run', ...args(), ...part], { cwd, env: env() })
      expect(run.status, run.stderr).toBe(1)
      expectClean(cwd, run)
    },
  )

  /** The same credentials for servers and names where they do not work. */
  const failing: readonly (readonly [name: string, spoilt: (args: readonly string[]) => readonly string[]])[] = [
    ['nothing answers', (args) => args.map((each) => each.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1'))],
    ['the account is another one', (args) => args.map((each) => each.replaceAll(`/${ACCOUNT}`, '/somebody'))],
    ['an option is wrong', (args) => [...args, '--kinds', 'table']],
    ['there is a second credential', (args) => [...args, '--key', KEY]],
    ['the wrong service is asked', (args) => [...args, '--file-url', 'http://127.0.0.1:1/planted']],
    [
      'the credential is cut off',
      (args) => args.map((each) => each.replace(/(sig=.{6}).*/, '$1').replace(/(AccountKey=.{6}).*/, '$1')),
    ],
    ['a certificate is missing', (args) => args.map((each) => (each === secure.ca ? 'nowhere.pem' : each))],
  ]
  test.each(failing)('where %s', { timeout: 120_000 }, async (_, spoilt) => {
    for (const [name, args, env] of places.filter(([each]) => SPOILT.includes(each))) {
      const cwd = temporaryFolder()
      for (const command of ['run', 'doctor']) {
        const more = command === 'run' ? PART : []
        const ended = await leasecheck([command, ...spoilt(args()), ...more], { cwd, env: env() })
        expectClean(cwd, ended)
        expect(ended.status, `${name}: ${ended.stderr}`).not.toBe(4)
      }
    }
  })

  test('a password in a URL, and an error of our own', async () => {
    const cwd = temporaryFolder()
    expectClean(cwd, await leasecheck(['run', `http://me:${PASSWORD}@127.0.0.1:1/planted`, '--key', KEY], { cwd }))
    const preload = join(cwd, 'preload.mjs')
    writeFileSync(
      preload,
      `const ready = setInterval(() => { if (process.listenerCount('uncaughtException') === 0) return; clearInterval(ready); throw new Error('GET ${plain.url}?${SAS} with Bearer ${TOKEN.token} failed') }, 10)`,
    )
    const failed = await leasecheck(['run', plain.url, '--key', KEY], {
      cwd,
      env: { NODE_OPTIONS: `--import=${preload}` },
    })
    expect(failed.status).toBe(4)
    expect(seenIn(`${failed.stdout}${failed.stderr}`)).toEqual([])
  })
})

/** Nothing secret in what a command has said or written. */
function expectClean(cwd: string, { stdout, stderr }: Ended): void {
  const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
  const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
  expect(seenIn([stdout, stderr, ...texts].join('\n'))).toEqual([])
}

function seenIn(text: string): readonly string[] {
  return SECRETS.filter((secret) => text.includes(secret))
}
