import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { type Matrix, parseMatrix } from '../../reports/matrix.ts'
import { leasecheck, removeTemporaryFolders, start, survivors, temporaryFolder } from './child-command.ts'
import { PACKAGE_FOLDER } from './version.ts'

afterAll(removeTemporaryFolders)

const LIMIT_MS = 180_000
const FEW = ['--kinds', 'blob,share', '--only', 'renew', 'expired', '--runs', '0']

function matrixIn(folder: string, out = 'leasecheck-matrix'): Matrix {
  const parsed = parseMatrix(readFileSync(join(folder, out, 'matrix.json'), 'utf8'), 'matrix.json')
  if ('error' in parsed) throw new Error(parsed.error)
  return parsed.matrix
}

describe('a matrix', () => {
  test(
    'runs every client on every server, and tells which operation diverges where; a pair that fails ends no other',
    async () => {
      // The SDK is that of the project in which the command runs.
      const out = join(temporaryFolder(), 'matrix')
      const drivers = ['--drivers', 'rest,js', '--drivers', 'exec:exit 7']
      const args = ['matrix', ...drivers, '--targets', 'reference,azurite', ...FEW, '--out', out]
      const { status, stdout, stderr } = await leasecheck(args, { cwd: PACKAGE_FOLDER, limitMs: LIMIT_MS })
      expect(status, stderr).toBe(3)
      const { pairs, exitStatus } = matrixIn(out, '.')
      expect(exitStatus).toBe(3)
      expect(pairs.map(({ folder, verdict }) => [folder, verdict])).toEqual([
        ['reference/rest', 'nothing new'],
        ['reference/js', 'nothing new'],
        ['reference/exec-exit-7', 'could not run'],
        ['azurite/rest', 'nothing new'],
        ['azurite/js', 'nothing new'],
        ['azurite/exec-exit-7', 'could not run'],
      ])
      for (const { verdict, reason, shown, folder } of pairs) {
        if (verdict === 'could not run') expect(reason).toMatch(/exit 7|status 7/)
        else {
          expect(shown!.cells.reached).toBeGreaterThan(10)
          for (const file of ['summary.md', 'results.ndjson', 'cells.json', 'terminal.txt'])
            expect(existsSync(join(out, folder, file)), `${folder}/${file}`).toBe(true)
        }
      }
      const renewing = pairs.map(({ shown }) =>
        shown?.topics.find(({ kind, operation }) => kind === 'blob' && operation === 'renew'),
      )
      expect(renewing.map((topic) => (topic === undefined ? 'none' : topic.known > 0))).toEqual([
        ...[false, false, 'none'],
        ...[true, true, 'none'],
      ])
      expect(pairs[1]!.shown!.client).toContain('@azure/storage-blob')
      // Azurite has no shares: its pairs check blobs.
      expect(pairs.map(({ shown }) => shown?.kinds.join())).toEqual([
        ...['blob,share', 'blob,share', undefined],
        ...['blob', 'blob', undefined],
      ])
      expect(stdout).toMatch(/^ {2}js +nothing new/m)
      const markdown = readFileSync(join(out, 'matrix.md'), 'utf8')
      expect(markdown).toContain('| rest | [nothing new](reference/rest/summary.md) |')
    },
    LIMIT_MS,
  )

  test(
    'ends with 1 if any pair shows something new',
    async () => {
      const cwd = temporaryFolder()
      const args = ['matrix', '--drivers', 'rest', '--targets', 'azurite,reference', '--baselines', 'none', ...FEW]
      const { status, stdout } = await leasecheck(args, { cwd, limitMs: LIMIT_MS })
      expect(status).toBe(1)
      expect(matrixIn(cwd).pairs.map(({ verdict }) => verdict)).toEqual(['something new', 'nothing new'])
      expect(stdout).toContain('azurite with rest: blob.renew.expired.another, status: 200')
      expect(stdout).toContain("npx leasecheck replay 'lc1/blob/")
    },
    LIMIT_MS,
  )

  // Signals are those of Linux.
  test.skipIf(process.platform !== 'linux')(
    'ends in an orderly manner at Ctrl-C: the pair that runs does, no other begins, and no process is left',
    async () => {
      const cwd = temporaryFolder()
      const run = start(['matrix', '--drivers', 'rest', '--targets', 'reference,azurite'], { cwd, limitMs: LIMIT_MS })
      const results = join(cwd, 'leasecheck-matrix/reference/rest/results.ndjson')
      while (!existsSync(results) || readFileSync(results).length === 0) await sleep(20)
      process.kill(run.pid, 'SIGINT')
      const { status, stderr } = await run.ended
      expect(status, stderr).toBe(130)
      expect(await survivors(run)).toEqual([])
      const { pairs, exitStatus } = matrixIn(cwd)
      expect(exitStatus).toBe(130)
      expect(pairs.map(({ verdict, exitStatus: own }) => [verdict, own])).toEqual([
        ['could not run', 130],
        ['not run', null],
      ])
      expect(pairs[0]!.reason).toBe('interrupted')
    },
    LIMIT_MS,
  )
})
