import {
  AccountSASPermissions,
  BlobSASPermissions,
  ContainerSASPermissions,
  generateAccountSASQueryParameters,
  generateBlobSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-blob'
import { expect, test } from 'vitest'
import { signedAccountSas, signedContainerSas } from './signing-sas.ts'
import { userDelegationSas } from './user-delegation.ts'

const KEY = Buffer.from('the key').toString('base64')
const ACCOUNT = 'mine'
const SIGNER = new StorageSharedKeyCredential(ACCOUNT, KEY)
const UNTIL_MS = Date.UTC(2030, 0, 1)
const expiresOn = new Date(UNTIL_MS)
const version = '2020-08-04'

/** The fields of a signature, in no order. */
const fields = (query: string) => Object.fromEntries(new URLSearchParams(query))

test('an account SAS is the one that the SDK makes', () => {
  const permissions = AccountSASPermissions.parse('rwd')
  const made = { permissions, resourceTypes: 'sco', services: 'bf', expiresOn, version }
  const ours = signedAccountSas({
    account: ACCOUNT,
    key: KEY,
    permissions: 'rwd',
    resources: 'sco',
    services: 'bf',
    untilMs: UNTIL_MS,
  })
  expect(fields(ours.query)).toEqual(fields(generateAccountSASQueryParameters(made, SIGNER).toString()))
})

test('so is the service SAS of a container', () => {
  const permissions = ContainerSASPermissions.parse('rw')
  const ours = signedContainerSas({
    account: ACCOUNT,
    key: KEY,
    permissions: 'rw',
    container: 'box',
    untilMs: UNTIL_MS,
  })
  const made = generateBlobSASQueryParameters({ containerName: 'box', permissions, expiresOn, version }, SIGNER)
  expect(fields(ours.query)).toEqual(fields(made.toString()))
})

test.each([
  ['a container', 'box', undefined],
  ['a blob', 'box/a b', undefined],
  ['a snapshot', 'box/leaf', '2024-01-01T00:00:00.0000000Z'],
] as const)('so is the user delegation SAS of %s', (_, name, snapshot) => {
  const [starts, expires] = ['2024-01-01T00:00:00Z', '2030-01-02T00:00:00Z']
  const signed = { objectId: 'oid', tenantId: 'tid', starts, expires, service: 'b', version: '2023-11-03', value: KEY }
  const [containerName = '', blobName] = name.split('/')
  const ours = userDelegationSas(signed, {
    account: ACCOUNT,
    name,
    ...(snapshot === undefined ? {} : { snapshot }),
    permissions: 'r',
    untilMs: UNTIL_MS,
  })
  const made = generateBlobSASQueryParameters(
    {
      containerName,
      ...(blobName === undefined ? {} : { blobName }),
      ...(snapshot === undefined ? {} : { snapshotTime: snapshot }),
      permissions: blobName === undefined ? ContainerSASPermissions.parse('r') : BlobSASPermissions.parse('r'),
      expiresOn,
      version: '2020-10-02',
    },
    {
      signedObjectId: 'oid',
      signedTenantId: 'tid',
      signedStartsOn: new Date(starts),
      signedExpiresOn: new Date(expires),
      signedService: 'b',
      signedVersion: '2023-11-03',
      value: KEY,
    },
    ACCOUNT,
  )
  expect(fields(ours)).toEqual(fields(made.toString()))
})
