import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAzuriteServer } from '../targets/testing/azurite-server.ts'
import { accountSas, containerSas } from '../targets/testing/signed-query.ts'
import { leasecheck, removeTemporaryFolders, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)
const cwd = temporaryFolder()

const text = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const { status, stdout, stderr } = await leasecheck(['doctor', ...args], { cwd, env })
  return { status, text: stdout.replace(/ +/g, ' '), stderr }
}

describe('a doctor of a running server', () => {
  let server: Awaited<ReturnType<typeof startAzuriteServer>>
  beforeAll(async () => {
    server = await startAzuriteServer()
  })
  afterAll(() => server.close())

  test('tells what was taken from where, and what can be checked', async () => {
    const { status, text: said, stderr } = await text([server.url])
    expect(said).toContain('credential account key, from the key of every emulator')
    expect(said).toContain(`blob service ${server.url} answers as Azurite-Blob/`)
    expect(said).toContain('clock virtual: it honours x-leasecheck-now')
    expect(said).toContain('container can be checked')
    expect(said).toContain('share left out: no file service is known')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test('tells what a SAS permits and what it leaves out, and not its signature', async () => {
    const sas = accountSas({ permissions: 'rwdl' })
    const env = { AZURE_STORAGE_ACCOUNT: 'devstoreaccount1', AZURE_STORAGE_SAS_TOKEN: sas }
    const { status, text: said } = await text([server.url], env)
    expect(said).toContain('credential account SAS, from AZURE_STORAGE_SAS_TOKEN')
    expect(said).toContain('permits ss=bf, srt=sco, sp=rwdl')
    expect(said).toMatch(/left out blob: getBlobTags, setBlobTags/)
    expect(said).not.toContain(new URLSearchParams(sas).get('sig'))
    expect(status).toBe(0)
  })

  test('of a SAS that can make nothing says so and ends with 2', async () => {
    const { status, text: said } = await text([server.url, '--sas', accountSas({ permissions: 'rl' })])
    expect(said).toContain('does not permit createContainer, without which no blob can be checked')
    expect(said).toContain('Nothing can be checked.')
    expect(status).toBe(2)
  })

  test('as JSON', async () => {
    const { stdout, status } = await leasecheck(['doctor', `${server.url}/box?${containerSas('box')}`, '--json'], {
      cwd,
    })
    expect(JSON.parse(stdout)).toMatchObject({
      account: 'devstoreaccount1',
      credential: { kind: 'service SAS', from: 'the URL', permits: 'sr=c, sp=racwdlt' },
      // The container is not there.
      services: [{ service: 'blob', reachable: false, problem: expect.stringContaining('404 ContainerNotFound') }],
      usable: false,
    })
    expect(status).toBe(3)
  })

  test('checks access with permissions of its own, which takes the key', async () => {
    const { status, text: said } = await text([server.url, '--check-access'])
    expect(said).toContain('access 140 operations tried with one permission each, all answered as they should be')
    expect(status).toBe(0)
    const refused = await text([server.url, '--check-access', '--sas', accountSas()])
    expect(refused.stderr).toContain('--check-access signs permissions of its own')
    expect(refused.status).toBe(2)
  })
})

test('a doctor of what is not there ends with 3', async () => {
  const { status, text: said } = await text(['http://127.0.0.1:1/somebody', '--key', 'YQ=='])
  expect(said).toContain('nothing answers at 127.0.0.1:1')
  expect(status).toBe(3)
})
