import { afterAll, describe, expect, test } from 'vitest'
import { leasecheck, removeTemporaryFolders, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

const cwd = temporaryFolder()

describe('explain', () => {
  test('tells the rule, how sure it is and why, and what known targets do instead', async () => {
    const { status, stdout, stderr } = await leasecheck(['explain', 'blob', 'renew expired', 'another'], { cwd })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^blob\.renew\.expired\.another$/m)
    expect(stdout).toMatch(/^ {2}status {3}409 \[(settled|documented): .+\]$/m)
    expect(stdout).toMatch(/^ {2}known {4}azurite \d.*: /m)
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
})
