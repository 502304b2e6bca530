import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readToken } from '../../model/notation.ts'
import { leasecheck, removeTemporaryFolders, resultsIn, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

/** A selection that takes a second and holds a divergence that the shipped baseline of Azurite lists. */
const SMALL = ['--kinds', 'blob', '--only', 'renew expired', '--processes', '1']
const REPORTS = ['results.ndjson', 'junit.xml', 'summary.md', 'cells.json']
const ESCAPE = '\u001b'

function reportsIn(folder: string): readonly string[] {
  return REPORTS.map((name) => readFileSync(join(folder, 'leasecheck-results', name), 'utf8'))
}

describe('run on an embedded Azurite', () => {
  test('is green with the baseline that comes with leasecheck', async () => {
    const cwd = temporaryFolder()
    const { status, stdout, stderr } = await leasecheck(['run', ...SMALL], { cwd })
    expect(stderr).toMatch(/^leasecheck: results: leasecheck-results\/results.ndjson.*\n$/)
    expect(status).toBe(0)
    expect(stdout).toContain('blob.renew.expired.another')
    const { header, footer, incomplete } = resultsIn(cwd)
    expect(incomplete).toBeUndefined()
    expect(header.baseline).toMatch(/^reports.baselines.azurite-/)
    expect(footer).toMatchObject({ complete: true, exitStatus: 0, buckets: { new: 0 } })
    const [, junit, summary] = reportsIn(cwd)
    expect(junit).toMatch(/^<\?xml/)
    expect(summary).toContain('blob.renew.expired.another')
  })

  test('is red without a baseline, and tells how to repeat the divergence, which it is', async () => {
    const cwd = temporaryFolder()
    const { status, stdout } = await leasecheck(['run', ...SMALL, '--baseline', 'none'], { cwd })
    expect(status).toBe(1)
    expect(resultsIn(cwd).header.baseline).toBeNull()
    const token = /npx leasecheck replay '(lc1\/blob\/acquire[^']*renew,id=B)'/.exec(stdout)?.[1]
    expect(token).toBeDefined()
    expect((await leasecheck(['replay', token!], { cwd })).status).toBe(1)
  })

  test('writes the same bytes twice with --stable-output', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()]
    const args = ['run', '--kinds', 'container', '--runs', '40', '--seed', '7', '--stable-output']
    for (const cwd of [one, two]) expect((await leasecheck(args, { cwd })).status).toBe(0)
    expect(reportsIn(one)).toEqual(reportsIn(two))
    expect(resultsIn(one).footer!.scenarios).toBeGreaterThan(40)
  })

  test('stops at the first new divergence with --bail', async () => {
    const cwd = temporaryFolder()
    const { status } = await leasecheck(['run', '--kinds', 'blob', '--baseline', 'none', '--bail'], { cwd })
    expect(status).toBe(1)
    const { events, footer, incomplete } = resultsIn(cwd)
    expect(incomplete).toContain('--bail')
    expect(events.some((event) => event.event === 'bucket' && event.fails)).toBe(true)
    expect(footer!.cells.unreached.length).toBeGreaterThan(footer!.cells.reached)
  })

  test('ends soon after its --budget, whatever is left, and prints a seed that it chose', async () => {
    const cwd = temporaryFolder()
    const args = ['run', '--kinds', 'container', '--budget', '3s', '--seed', 'random']
    const { status, stdout, durationMs } = await leasecheck(args, { cwd })
    expect(status).toBe(0)
    expect(durationMs).toBeGreaterThan(3_000)
    expect(durationMs).toBeLessThan(9_000)
    const { header, incomplete } = resultsIn(cwd)
    expect(incomplete).toBeUndefined()
    expect(stdout).toMatch(new RegExp(`^ +seed +${header.seed}$`, 'm'))
  })

  test('writes no escape codes where nobody looks', async () => {
    const { stdout, stderr } = await leasecheck(['run', ...SMALL, '--baseline', 'none'], { cwd: temporaryFolder() })
    expect(stdout + stderr).not.toContain(ESCAPE)
    expect(stdout + stderr).not.toContain('\r')
  })
})

test('--list prints what would be done, as tokens, and does nothing', async () => {
  const cwd = temporaryFolder()
  const { status, stdout, stderr } = await leasecheck(['run', '--list', '--kinds', 'container'], { cwd })
  expect(status).toBe(0)
  const tokens = stdout.trimEnd().split('\n')
  expect(tokens.length).toBeGreaterThan(100)
  expect(tokens.filter((token) => 'error' in readToken(token))).toEqual([])
  expect(stderr).toMatch(new RegExp(`^${tokens.length} scenarios`))
  expect(() => resultsIn(cwd)).toThrow('ENOENT')
})
