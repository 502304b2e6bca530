import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { RETRIES, type Retries } from '../../reports/retries.ts'
import { leasecheck, removeTemporaryFolders, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

function retriesIn(cwd: string): Retries {
  return RETRIES.parse(JSON.parse(readFileSync(join(cwd, 'leasecheck-results', 'retries.json'), 'utf8')))
}

describe('run --only retries', () => {
  test('tells what the JavaScript SDK does when something gets lost, and fails nothing that nobody promised', async () => {
    const cwd = temporaryFolder()
    const args = ['run', 'reference', '--driver', 'js', '--kinds', 'container', '--only', 'retries', 'leased by us']
    const { status, stdout, stderr } = await leasecheck(args, { cwd })
    expect(stderr).not.toContain('failed')
    expect(status).toBe(0)
    expect(stdout).toMatch(/container +release,id=A +leased by us +answer +1 request; RestError, though it was done/)
    expect(stdout).toMatch(/2 requests; 409 LeaseIdMismatchWithLeaseOperation, though it was done; available/)
    const { experiments, divergences } = retriesIn(cwd)
    expect(new Set(experiments.map(({ kind }) => kind))).toEqual(new Set(['container']))
    expect(divergences.filter(({ level }) => level !== 'inferred')).toEqual([])
    expect(readFileSync(join(cwd, 'leasecheck-results', 'retries.md'), 'utf8')).toContain('| container |')
  })

  test('against an embedded Azurite too', async () => {
    const cwd = temporaryFolder()
    const args = ['run', 'azurite', '--driver', 'js', '--only', 'retries', 'blob acquire,duration=-1 none']
    expect((await leasecheck(args, { cwd })).status).toBe(0)
    expect(retriesIn(cwd).target.name).toBe('azurite')
  })

  test('lists what it would try, and sends nothing', async () => {
    const args = ['run', 'reference', '--driver', 'js', '--list', '--only', 'retries', 'blob renew']
    const { status, stdout } = await leasecheck(args, { cwd: temporaryFolder() })
    expect(status).toBe(0)
    expect(stdout).toContain('lc1/blob/acquire,proposed=A,duration=-1/renew,id=A blob renew,id=A leased by us')
  })

  test.each([
    ['needs a client library', ['retries'], /choose one with --driver/],
    ['knows its words', ['retries', 'teapot', '--driver', 'js'], /no call that is tried contains all/],
    ['makes one table', ['retries', '--driver', 'js', '--shard', '1/2'], /knows no --shard/],
  ])('%s', async (_, words, message) => {
    const args = ['run', 'reference', '--only', ...words]
    const { status, stderr } = await leasecheck(args, { cwd: temporaryFolder() })
    expect(stderr).toMatch(message)
    expect(status).toBe(2)
  })
})

describe.skipIf(process.env.LEASECHECK_PYTHON === undefined)('with the Python SDK', () => {
  test('a known divergence of retries fails nothing, and everything does without a baseline', async () => {
    const cwd = temporaryFolder()
    const args = ['run', 'reference', '--driver', 'python-aio', '--only', 'retries', 'blob release none']
    expect((await leasecheck(args, { cwd })).status).toBe(0)
    expect(retriesIn(cwd).divergences.map(({ rule, known }) => [rule, known !== undefined])).toContainEqual([
      'client.retries.none.release.requests',
      true,
    ])
    expect((await leasecheck([...args, '--baseline', 'none'], { cwd })).status).toBe(1)
  })
})
