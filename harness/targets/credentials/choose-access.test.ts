import { describe, expect, test } from 'vitest'
import { UsageError } from '../../errors.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../emulator-account.ts'
import { type AccessFlags, chooseAccess } from './choose-access.ts'
import { kindOfCredential } from './credential.ts'

const NOW_MS = Date.UTC(2024, 0, 1)
const KEY = 'c2VjcmV0'
const SAS = 'sv=2022-11-02&ss=bf&srt=sco&sp=rwdlac&se=2030-01-01T00:00:00Z&sig=s3cret%2Bsig%3D'
const BOX_SAS = 'sv=2022-11-02&sr=c&sp=rwdl&se=2030-01-01T00:00:00Z&sig=s3cret'
const STRING = `DefaultEndpointsProtocol=https;AccountName=mine;AccountKey=${KEY};EndpointSuffix=core.windows.net`
const EMULATOR = `http://127.0.0.1:10000/${EMULATOR_ACCOUNT}`
const CLOUD = 'https://mine.blob.core.windows.net'
const TOKENS = { getToken: async () => null }

function choose(target: string | undefined, flags: AccessFlags = {}, env: NodeJS.ProcessEnv = {}) {
  return chooseAccess(target, flags, { env, nowMs: NOW_MS, entra: () => TOKENS })
}

/** What was chosen, in one line. */
function chosen(...args: Parameters<typeof choose>): string {
  const { url, fileUrl, account, credential, container, from } = choose(...args)
  return [
    account,
    url,
    fileUrl ?? '-',
    ...(container === undefined ? [] : [container]),
    kindOfCredential(credential),
    from,
  ].join(' ')
}

describe('flags come first, then the URL, then the environment', () => {
  const files = 'https://mine.file.core.windows.net'
  test.each<[string, Parameters<typeof choose>, string]>([
    ['the emulator', [EMULATOR], `${EMULATOR_ACCOUNT} ${EMULATOR} - account key the key of every emulator`],
    ['a flag', [CLOUD, { key: KEY }], `mine ${CLOUD} ${files} account key --key`],
    [
      'a flag before the environment',
      [CLOUD, { sas: SAS }, { AZURE_STORAGE_KEY: KEY }],
      `mine ${CLOUD} ${files} account SAS --sas`,
    ],
    [
      'a SAS in the URL',
      [`${CLOUD}/?${SAS}`, {}, { AZURE_STORAGE_KEY: KEY }],
      `mine ${CLOUD} ${files} account SAS the URL`,
    ],
    [
      'a key of the environment',
      [CLOUD, {}, { AZURE_STORAGE_KEY: KEY }],
      `mine ${CLOUD} ${files} account key AZURE_STORAGE_KEY`,
    ],
    [
      'a SAS of the environment',
      [CLOUD, {}, { AZURE_STORAGE_SAS_TOKEN: `?${SAS}` }],
      `mine ${CLOUD} ${files} account SAS AZURE_STORAGE_SAS_TOKEN`,
    ],
    [
      'a string of the environment',
      [CLOUD, {}, { AZURE_STORAGE_CONNECTION_STRING: STRING }],
      `mine ${CLOUD} ${files} account key AZURE_STORAGE_CONNECTION_STRING`,
    ],
    [
      'the account of a string',
      [undefined, { connectionString: STRING }],
      `mine ${CLOUD} ${files} account key --connection-string`,
    ],
    [
      'the account of the environment',
      [undefined, {}, { AZURE_STORAGE_ACCOUNT: 'mine', AZURE_STORAGE_KEY: KEY }],
      `mine ${CLOUD} ${files} account key AZURE_STORAGE_KEY`,
    ],
    [
      'which of two',
      [CLOUD, { auth: 'sas' }, { AZURE_STORAGE_KEY: KEY, AZURE_STORAGE_SAS_TOKEN: SAS }],
      `mine ${CLOUD} ${files} account SAS AZURE_STORAGE_SAS_TOKEN`,
    ],
    [
      'a token when asked for',
      [CLOUD, { auth: 'entra' }, { AZURE_STORAGE_KEY: KEY }],
      `mine ${CLOUD} ${files} token of Microsoft Entra ID DefaultAzureCredential, as --auth entra asks`,
    ],
    [
      'a token where an identity is set',
      [CLOUD, {}, { AZURE_CLIENT_ID: 'x' }],
      `mine ${CLOUD} ${files} token of Microsoft Entra ID DefaultAzureCredential, since AZURE_CLIENT_ID is set`,
    ],
    ['nobody', [EMULATOR, { auth: 'none' }], `${EMULATOR_ACCOUNT} ${EMULATOR} - none (anonymous) --auth none`],
    ['the SAS of a container', [`${CLOUD}/box?${BOX_SAS}`], `mine ${CLOUD} - box service SAS the URL`],
    [
      'a path prefix',
      ['http://127.0.0.1:9999/blob/mine', { key: KEY }],
      `mine http://127.0.0.1:9999/blob/mine - account key --key`,
    ],
    [
      'an account that the URL does not name',
      ['http://127.0.0.1:9999', { key: KEY, account: 'mine' }],
      'mine http://127.0.0.1:9999 - account key --key',
    ],
    [
      'a zone',
      ['https://mine.z01.blob.storage.azure.net', { key: KEY }],
      'mine https://mine.z01.blob.storage.azure.net https://mine.z01.file.storage.azure.net account key --key',
    ],
    [
      'the emulator by its string',
      [undefined, { connectionString: 'UseDevelopmentStorage=true' }],
      `${EMULATOR_ACCOUNT} ${EMULATOR} - account key --connection-string`,
    ],
  ])('%s', (_, args, line) => {
    expect(chosen(...args)).toBe(line)
  })
})

describe('what the environment says of another account is not taken', () => {
  test.each<[string, NodeJS.ProcessEnv]>([
    ['another account', { AZURE_STORAGE_ACCOUNT: 'other', AZURE_STORAGE_KEY: KEY }],
    ['the string of another account', { AZURE_STORAGE_CONNECTION_STRING: STRING.replace('mine', 'other') }],
  ])('%s', (_, env) => {
    expect(() => choose(CLOUD, {}, env)).toThrow('account mine needs a credential')
  })

  test('nor is what names no account sent to an emulator, whose key is known', () => {
    const { credential } = choose(EMULATOR, {}, { AZURE_STORAGE_KEY: KEY })
    expect(credential).toEqual({ by: 'key', key: EMULATOR_KEY })
  })

  test('a host that is not Azure gets a token only if it is asked for', () => {
    expect(() => choose('https://mine.example.org', {}, { AZURE_CLIENT_ID: 'x' })).toThrow('needs a credential')
    expect(choose('https://mine.example.org', { auth: 'entra' }).credential.by).toBe('token')
  })
})

describe('what cannot be used is refused in a sentence without the secret', () => {
  test.each<[Parameters<typeof choose>, string]>([
    [[CLOUD, { key: KEY, sas: SAS }], '--key and --sas are two credentials'],
    [[`${CLOUD}?${SAS}`, { key: KEY }], 'the URL carries a SAS and --key is another'],
    [[CLOUD, { key: KEY, auth: 'entra' }], '--auth entra asks with a token'],
    [[CLOUD, { auth: 'none', key: KEY }], '--auth none asks without'],
    [[EMULATOR, { auth: 'entra' }], 'over https only'],
    [[EMULATOR, { sas: `${SAS}&spr=https` }], 'for https only'],
    [[CLOUD, { sas: 'sp=r&s3cret' }], 'no sig or no sv'],
    [[CLOUD, { sas: SAS.replace('2030', '2020') }], 'ran out at 2020-01-01T00:00:00.000Z'],
    [[CLOUD, { sas: BOX_SAS.replace('sr=c', 'sr=b') }], 'SAS of one blob (sr=b) cannot make'],
    [[CLOUD, { key: 'not base64: s3cret' }], 'not base64'],
    [[CLOUD, { auth: 'key' }], 'set AZURE_STORAGE_KEY, or add --key'],
    [[undefined], 'no account is named'],
    [[undefined, { connectionString: 's3cret' }], 'a part of it is no NAME=VALUE'],
    [[undefined, { connectionString: 'AccountName=s3cret' }], 'neither an AccountKey nor'],
    [['http://127.0.0.1:10000', { key: KEY }], 'names no account'],
    [[`${CLOUD}?comp=list`, { key: KEY }], 'a query that is no SAS'],
    [['https://me:s3cret@mine.blob.core.windows.net', { key: KEY }], 'carries a password'],
    [[CLOUD, { key: KEY, fileUrl: `https://x?${SAS}` }], '--file-url carries a SAS'],
  ])('%#', (args, saying) => {
    const attempt = () => choose(...args)
    expect(attempt).toThrow(UsageError)
    expect(attempt).toThrow(saying)
    expect(attempt).not.toThrow(/s3cret|c2VjcmV0/)
  })
})
