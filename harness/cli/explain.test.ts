import { afterAll, describe, expect, test } from 'vitest'
import { leasecheck, removeTemporaryFolders, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

const cwd = temporaryFolder()

describe('explain', () => {
  test('tells the rule, how sure it is and why, and what known targets do instead', async () => {
    const { status, stdout, stderr } = await leasecheck(['explain', 'blob', 'renew expired', 'another'], { cwd })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^blob\.renew\.expired\.another$/m)
    expect(stdout).toMatch(/^ {2}status {4}409 \((settled|documented)\)\n {12}- .+$/m)
    expect(stdout).toMatch(/^ {2}known {5}azurite \d.*: /m)
    expect(stdout).toMatch(/\nsources\n(?: {2}- .+\n {4}https:.+\n)+$/)
    expect(stdout).toMatch(/^ +npx leasecheck replay 'lc1\/blob\//m)
  })

  test('finds rules by an error code, in any case', async () => {
    const { stdout } = await leasecheck(['explain', 'leaseidmismatchwithleaseoperation', 'RENEW'], { cwd })
    expect(stdout).toContain('blob.renew.')
    expect(stdout).toContain('container.renew.')
  })

  test('gives the rules as they are for programs', async () => {
    const { status, stdout } = await leasecheck(['explain', 'blob', 'renew', 'expired', '--json'], { cwd })
    expect(status).toBe(0)
    const rules = JSON.parse(stdout) as readonly {
      id: string
      expect: readonly unknown[]
      targets: readonly unknown[]
    }[]
    expect(rules.map(({ id }) => id)).toContain('blob.renew.expired.another')
    expect(rules.every(({ expect: outcomes }) => Array.isArray(outcomes))).toBe(true)
    expect(rules.find(({ id }) => id === 'blob.renew.expired.another')!.targets.length).toBeGreaterThan(0)
  })

  test.each([
    ['share delete leased', 'share.delete.leased-snapshot.no-option', 'delete on a share'],
    ['file renew', 'file.renew.undocumented', 'renew on a file'],
    ['blob snapshot leased', 'blob-snapshot.leased', 'acquire, renew, change, release, break on a blob snapshot'],
    ['share-snapshot break', 'share-snapshot.break', 'break on a share snapshot'],
    ['LeaseIdMissing', 'blob.lease.write.leased.no-id', 'write, append, seal, create, stage on a blob'],
    ['client acquire', 'client.blob.acquire.sends', 'a client library that is called for acquire on a blob'],
    ['client.file.renew', 'client.file.renew.sends.requests', 'a client library that is called for renew on a file'],
    ['property reads', 'property.reads-change-nothing', 'a server that is compared with itself'],
    ['share.property.waits-add-up', 'property.waits-add-up', 'a server that is compared with itself'],
    ['blob.implements.putBlobFromUrl', 'blob.implements.putBlobFromUrl', 'Put Blob From URL on a blob'],
  ])('knows about %s, and tells first what is named so', async (words, id, subject) => {
    const { status, stdout } = await leasecheck(['explain', ...words.split(' ')], { cwd })
    expect(status).toBe(0)
    const [name, about] = stdout.split('\n')
    expect(name!.startsWith(id), name).toBe(true)
    expect(about).toContain(subject)
    for (const line of stdout.split('\n'))
      if (!/https:|npx leasecheck/.test(line)) expect(line.length, line).toBeLessThanOrEqual(100)
  })

  test('says in words what else is permitted, and which versions a header belongs to', async () => {
    const wildcard = await leasecheck(['explain', 'blob.condition.write.wildcard'], { cwd })
    expect(wildcard.stdout).toMatch(/^ {2}or else {3}as if the header had not been there$/m)
    expect(wildcard.stdout).toMatch(/^ {2}or else {3}what a later check refuses it with$/m)
    const acquire = await leasecheck(['explain', 'blob.acquire.available', '2013-08-15'], { cwd })
    expect(acquire.stdout).toMatch(/^ {2}header {4}etag: unchanged, from version 2013-08-15 on \(settled\)$/m)
    expect(acquire.stdout).toMatch(/^ {2}header {4}etag: absent, before version 2013-08-15 \(documented\)$/m)
    expect(acquire.stdout).toContain('the version is 2012-02-12 or later')
  })

  test('leaves the rules of clients to those who name them', async () => {
    const { stdout } = await leasecheck(['explain', 'blob', 'acquire', '--json'], { cwd })
    const rules = JSON.parse(stdout) as readonly { id: string; about: string }[]
    expect(new Set(rules.map(({ about }) => about))).toEqual(new Set(['server']))
    const named = await leasecheck(['explain', 'client.container.observe.sends.lease-id'], { cwd })
    expect(named.stdout).toMatch(/ {12}npx leasecheck replay '.+' reference --driver js$/m)
  })

  test('asks for fewer words where nothing fits', async () => {
    const { status, stdout, stderr } = await leasecheck(['explain', 'blob', 'nonsense'], { cwd })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('no rule has all of these words: blob nonsense; try fewer')
  })
})
