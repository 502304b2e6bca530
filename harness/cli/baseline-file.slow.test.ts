import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Baseline, BaselineEntry } from '../../reports/baseline.ts'
import {
  leasecheck,
  removeTemporaryFolders,
  resultsIn,
  start,
  survivors,
  temporaryFolder,
  untilResults,
} from './child-command.ts'

afterAll(removeTemporaryFolders)

const OWN = 'leasecheck-baseline.json'
const SMALL = ['--kinds', 'blob', '--only', 'renew expired', '--processes', '1']
const RULE = 'blob.renew.expired.another'

function baselineIn(cwd: string): Baseline {
  return JSON.parse(readFileSync(join(cwd, OWN), 'utf8')) as Baseline
}

function entryIn(cwd: string): BaselineEntry {
  return baselineIn(cwd).entries.find(({ rule }) => rule === RULE)!
}

/** Edits the file as a person would. */
function edit(cwd: string, change: (entry: BaselineEntry) => BaselineEntry): void {
  const baseline = baselineIn(cwd)
  const entries = baseline.entries.map((entry) => (entry.rule === RULE ? change(entry) : entry))
  writeFileSync(join(cwd, OWN), JSON.stringify({ ...baseline, entries }))
}

/** A folder whose baseline lists the divergence of the small selection. */
async function folderWithBaseline(): Promise<string> {
  const cwd = temporaryFolder()
  await leasecheck(['run', ...SMALL, '--baseline', 'none', '--update-baseline'], { cwd })
  return cwd
}

describe.concurrent('the baseline of a user', () => {
  test('is written, taken, and keeps what was written by hand', async () => {
    const cwd = temporaryFolder()
    const first = await leasecheck(['run', ...SMALL, '--baseline', 'none', '--update-baseline'], { cwd })
    expect(first.stdout).toMatch(new RegExp(`^${OWN} written:\n(\\+ .*\n)*\\+ ${RULE}, status: 200 `, 'm'))
    expect(baselineIn(cwd)).toMatchObject({ target: 'azurite', driver: 'rest' })
    expect(entryIn(cwd).sentence).toMatch(/^TODO/)

    edit(cwd, (entry) => ({ ...entry, sentence: 'Anybody may renew.', issue: 'https://example.org/1' }))
    const second = await leasecheck(['run', ...SMALL, '--update-baseline'], { cwd })
    expect(second.status).toBe(0)
    expect(second.stdout).toContain('Anybody may renew.')
    expect(resultsIn(cwd).header.baseline).toBe(OWN)
    expect(entryIn(cwd)).toMatchObject({ sentence: 'Anybody may renew.', issue: 'https://example.org/1' })

    const third = await leasecheck(['run', ...SMALL, '--update-baseline'], { cwd })
    expect(third.stdout).toContain(`${OWN} is up to date`)
  })

  test('with another observed value makes the divergence new and the entry gone', async () => {
    const cwd = await folderWithBaseline()
    edit(cwd, (entry) => ({ ...entry, observed: '418 ShortAndStout' }))
    const { status } = await leasecheck(['run', ...SMALL], { cwd })
    expect(status).toBe(1)
    const { events } = resultsIn(cwd)
    const [bucket] = events.filter((event) => event.event === 'bucket' && event.rule === RULE)
    expect(bucket).toMatchObject({ state: 'new', fails: true })
    const [entry] = events.filter((event) => event.event === 'baseline-entry')
    expect(entry).toMatchObject({ state: 'gone', rule: RULE, observed: '418 ShortAndStout' })
  })

  test('does not fail a run by what is gone, unless --fail-on-gone says so; an update drops it', async () => {
    const cwd = await folderWithBaseline()
    const { entries, ...rest } = baselineIn(cwd)
    const gone: BaselineEntry = {
      rule: 'blob.renew.expired.held',
      field: 'status',
      observed: '418 ShortAndStout',
      sentence: 'Long ago.',
      scenario: 'lc1/blob/acquire,proposed=A,duration=15/wait,deadline+1000ms/renew,id=A',
    }
    writeFileSync(join(cwd, OWN), JSON.stringify({ ...rest, entries: [...entries, gone] }))
    expect((await leasecheck(['run', ...SMALL], { cwd })).status).toBe(0)
    expect(resultsIn(cwd).footer!.entries.gone).toBe(1)
    expect((await leasecheck(['run', ...SMALL, '--fail-on-gone'], { cwd })).status).toBe(1)
    expect((await leasecheck(['run', ...SMALL, '--update-baseline'], { cwd })).status).toBe(0)
    expect(baselineIn(cwd).entries.map(({ sentence }) => sentence)).not.toContain('Long ago.')
  })

  test('excuses nothing after its date, and something on it', async () => {
    const cwd = await folderWithBaseline()
    edit(cwd, (entry) => ({ ...entry, until: '2020-02-29' }))
    expect((await leasecheck(['run', ...SMALL], { cwd })).status).toBe(1)
    edit(cwd, (entry) => ({ ...entry, until: '2999-12-31' }))
    expect((await leasecheck(['run', ...SMALL], { cwd })).status).toBe(0)
  })

  test('keeps what was not selected, and calls it not checked', async () => {
    const cwd = temporaryFolder()
    const args = ['run', '--only', 'renew expired', '--processes', '1', '--update-baseline']
    await leasecheck([...args, '--baseline', 'none'], { cwd })
    const rules = () => baselineIn(cwd).entries.map(({ rule }) => rule)
    const before = rules()
    expect(before).toContain('container.renew.expired.another')
    expect((await leasecheck([...args, '--kinds', 'blob'], { cwd })).status).toBe(0)
    const entries = resultsIn(cwd).events.flatMap((event) => (event.event === 'baseline-entry' ? [event] : []))
    const others = entries.filter(({ rule }) => rule.startsWith('container'))
    expect(others.length).toBeGreaterThan(0)
    for (const { state, reason } of others) {
      expect(state).toBe('not checked')
      expect(reason).toBe('kind container was not selected')
    }
    expect(rules()).toEqual(before)
  })

  test.skipIf(process.platform === 'win32')('is left alone by a run that did not come to its end', async () => {
    const cwd = await folderWithBaseline()
    const before = readFileSync(join(cwd, OWN), 'utf8')
    const args = ['run', '--kinds', 'blob', '--processes', '1', '--budget', '60s', '--update-baseline']
    // What the run before left would look like the middle of this one.
    writeFileSync(join(cwd, 'leasecheck-results', 'results.ndjson'), '')
    const run = start(args, { cwd })
    await untilResults(cwd)
    process.kill(run.pid, 'SIGTERM')
    const { status, stderr } = await run.ended
    expect(status).toBe(130)
    expect(stderr).toContain('the baseline is left as it is')
    expect(readFileSync(join(cwd, OWN), 'utf8')).toBe(before)
    expect(await survivors(run)).toEqual([])
  })

  test('that was made for something else is taken, and it is said', async () => {
    const cwd = await folderWithBaseline()
    writeFileSync(join(cwd, OWN), JSON.stringify({ ...baselineIn(cwd), targetVersion: '3.0.1' }))
    const { status, stderr } = await leasecheck(['run', ...SMALL], { cwd })
    expect(status).toBe(0)
    expect(stderr).toMatch(/leasecheck-baseline.json was made for azurite 3.0.1 and is taken for azurite 3\./)
  })

  test('may be made anew in another file, but not in a folder that is not there', async () => {
    const cwd = temporaryFolder()
    const made = await leasecheck(['run', ...SMALL, '--update-baseline', '--baseline', 'other.json'], { cwd })
    expect(made.stderr).toContain('other.json is going to be made')
    expect(existsSync(join(cwd, 'other.json'))).toBe(true)
    expect(existsSync(join(cwd, OWN))).toBe(false)
    const refused = await leasecheck(['run', ...SMALL, '--update-baseline', '--baseline', 'no/other.json'], { cwd })
    expect(refused).toMatchObject({ status: 2, stdout: '' })
    expect(refused.stderr).toContain('there is no folder no')
  })
})
