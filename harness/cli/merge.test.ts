import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Baseline } from '../../reports/baseline.ts'
import { leasecheck, removeTemporaryFolders, resultsIn, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

/** A selection that takes a second and holds divergences of Azurite. */
const SMALL = ['--kinds', 'blob', '--only', 'renew expired', '--processes', '1', '--baseline', 'none']
const NUMBERS = ['1', '2', '3'] as const
const ran = temporaryFolder()

beforeAll(async () => {
  const shards = NUMBERS.map((number) => ['--shard', `${number}/3`, '--out', `shards/${number}`])
  const runs = [...shards, ['--out', 'whole']].map((more) => leasecheck(['run', ...SMALL, ...more], { cwd: ran }))
  expect((await Promise.all(runs)).map(({ status }) => status)).toContain(1)
})

/** A folder with what the shards and the whole run left, to be spoilt. */
function copyOfResults(): string {
  const cwd = temporaryFolder()
  cpSync(ran, cwd, { recursive: true })
  return cwd
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}

test('shards of a part of the tour are joined into the verdict of the whole', async () => {
  const cwd = copyOfResults()
  const { status, stdout } = await leasecheck(['merge', 'shards'], { cwd })
  expect(status).toBe(1)
  expect(stdout).toContain('Joined from the results of 3 shards.')
  const whole = resultsIn(cwd, 'whole')
  const joined = resultsIn(cwd)
  const { buckets, cells, rules, exitStatus, operations } = whole.footer!
  expect(buckets.failing).toBeGreaterThan(0)
  expect(joined.footer).toMatchObject({ buckets, cells, rules, exitStatus, operations, complete: true })
  expect(joined.header).toMatchObject({ shards: 3, plan: whole.header.plan, seed: 1, only: ['renew expired'] })
  expect(joined.header.shard).toBeUndefined()
  for (const report of ['junit.xml', 'summary.md', 'cells.json'])
    expect(readFileSync(join(cwd, 'leasecheck-results', report), 'utf8').length).toBeGreaterThan(100)
})

test('a shard says that it is one', () => {
  const { header, footer } = resultsIn(ran, 'shards/2')
  expect(header.shard).toMatchObject({ number: 2, of: 3 })
  expect(footer!.cells).toMatchObject({ masked: [], unreached: [] })
  const summary = readFileSync(join(ran, 'shards', '2', 'summary.md'), 'utf8')
  expect(summary).toMatch(/^## azurite 3.*, shard 2 of 3: /)
  expect(summary).toContain('Shard 2 of 3 is a part of a run')
})

const nothing = () => {}

describe('merge refuses with 2 what is not all shards of one run', () => {
  const cases: readonly (readonly [what: string, args: string, saying: string, spoil: (cwd: string) => void])[] = [
    ['a shard is missing', 'shards/1 shards/3', 'there are no results of shard 2/3; run it', nothing],
    [
      'one comes twice',
      'shards copy',
      'are both of shard 2/3',
      (cwd) => cpSync(join(cwd, 'shards', '2'), join(cwd, 'copy'), { recursive: true }),
    ],
    [
      'one has another seed',
      'shards',
      '--seed is 1 in the one and 7 in the other',
      (cwd) => edit(join(cwd, 'shards', '3', 'results.ndjson'), (text) => text.replace('"seed":1', '"seed":7')),
    ],
    ['one is a whole run', 'shards whole', 'whole/results.ndjson holds the results of a whole run', nothing],
    [
      'the cells are missing',
      'shards',
      'cells.json is missing',
      (cwd) => rmSync(join(cwd, 'shards', '2', 'cells.json')),
    ],
    [
      'the cells are of another shard',
      'shards',
      'cells.json is not of shard 2/3',
      (cwd) => cpSync(join(cwd, 'shards', '1', 'cells.json'), join(cwd, 'shards', '2', 'cells.json')),
    ],
    [
      'it would overwrite one',
      'shards --out shards/2',
      'would be overwritten; give another folder with --out',
      nothing,
    ],
    [
      'the baseline is another one',
      'shards --update-baseline',
      'were held against no baseline, and reports/baselines/azurite',
      nothing,
    ],
  ]
  test.concurrent.each(cases)('%s', async (_, args, saying, spoil) => {
    const cwd = copyOfResults()
    spoil(cwd)
    const { status, stdout, stderr } = await leasecheck(['merge', ...args.split(' ')], { cwd })
    expect(stderr).toMatch(/^leasecheck: .*\n$/)
    expect(stderr).toContain(saying)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  })
})

test('folders and files may be mixed, and named twice', async () => {
  const cwd = copyOfResults()
  const { status } = await leasecheck(['merge', 'shards/2/results.ndjson', 'shards/1', 'shards'], { cwd })
  expect(status).toBe(1)
})

describe('a shard that did not come to its end', () => {
  /** Leaves the results of the second shard without their last line. */
  function cutOff(cwd: string): void {
    const file = join(cwd, 'shards', '2', 'results.ndjson')
    edit(file, (text) => text.slice(0, text.trimEnd().lastIndexOf('\n') + 1))
  }

  test('makes the run incomplete, which ends with 3 where nothing new was found', async () => {
    const cwd = copyOfResults()
    cutOff(cwd)
    // Without their divergences the other shards are green.
    for (const number of ['1', '3']) {
      const file = join(cwd, 'shards', number, 'results.ndjson')
      edit(file, (text) => text.replaceAll(/^.*"event":"bucket".*\n/gm, '').replace(/"exitStatus":1/, '"exitStatus":0'))
    }
    const { status, stdout, stderr } = await leasecheck(['merge', 'shards'], { cwd })
    expect(status).toBe(3)
    expect(stderr).toContain('shard 2/3 was cut off: shards/2/results.ndjson ends without a footer')
    expect(stdout).toContain('INCOMPLETE')
    expect(resultsIn(cwd).footer).toMatchObject({ complete: false, exitStatus: 3 })
  })

  test('leaves what is new new, and the baseline alone', async () => {
    const cwd = copyOfResults()
    cutOff(cwd)
    const args = ['merge', 'shards', '--update-baseline', '--baseline', 'none']
    const { status, stderr } = await leasecheck(args, { cwd })
    expect(status).toBe(1)
    expect(stderr).toContain('the baseline is left as it is: the run is incomplete (shard 2/3 was cut off')
  })

  test('is told even if nothing is left to say which shard it was', async () => {
    const cwd = copyOfResults()
    writeFileSync(join(cwd, 'shards', '2', 'results.ndjson'), '')
    const { status, stderr } = await leasecheck(['merge', 'shards'], { cwd })
    expect(status).toBe(3)
    expect(stderr).toContain('shards/2/results.ndjson is empty or was cut off in its first line')
  })
})

test('--update-baseline writes what all shards have found', async () => {
  const cwd = copyOfResults()
  const { status, stdout } = await leasecheck(['merge', 'shards', '--update-baseline', '--baseline', 'none'], { cwd })
  expect(status).toBe(1)
  expect(stdout).toContain('leasecheck-baseline.json written:')
  const { entries } = JSON.parse(readFileSync(join(cwd, 'leasecheck-baseline.json'), 'utf8')) as Baseline
  expect(entries).toHaveLength(resultsIn(cwd, 'whole').footer!.buckets.new)
})
