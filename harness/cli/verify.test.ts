import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { VERIFICATION, type VerificationDocument } from '../../reports/verification/document.ts'
import { parseRecordingsBaseline } from '../../reports/verification/recordings-baseline.ts'
import { VERIFICATION_EVENT } from '../../reports/verification/verification.ts'
import type { RecordedExchange } from '../recordings/importing/recorded-exchange.ts'
import { WRITERS } from '../recordings/importing/testing/written-recording.ts'
import { altered, leaseSession } from '../recordings/verifying-files/testing/lease-session.ts'
import { leasecheck, removeTemporaryFolders, start, survivors, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

const RENEW = 4
const wrong = (exchanges = leaseSession()) => altered(exchanges, RENEW, 409, 'LeaseAlreadyBroken')

/** A folder with files; those that are exchanges are written as the test proxy does, or as vcrpy does if they are YAML. */
function folderOf(files: Readonly<Record<string, readonly RecordedExchange[] | string>>): string {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    const write = WRITERS[name.endsWith('.yaml') ? 'vcrpy' : 'test proxy']
    writeFileSync(join(folder, name), typeof content === 'string' ? content : write(content))
  }
  return folder
}

function verify(cwd: string, ...args: readonly string[]) {
  return leasecheck(['verify', ...args], { cwd })
}

async function verifiedAsJson(cwd: string, ...args: readonly string[]): Promise<VerificationDocument> {
  return VERIFICATION.parse(JSON.parse((await verify(cwd, '--json', ...args)).stdout))
}

describe.concurrent('leasecheck verify', () => {
  test('a recording that the model explains ends with 0, in JSON and in YAML', async () => {
    const cwd = folderOf({ 'good.json': leaseSession(), 'good.yaml': leaseSession() })
    const { status, stdout, stderr } = await verify(cwd, 'good.json', 'good.yaml')
    expect(stdout).toMatch(/^16 exchanges in 2 recordings: nothing new\n/)
    expect(stdout).toContain('on leases     8: 8 explained, 0 unexplained, 0 known, 0 not judgeable (0 %)')
    expect(stdout).toMatch(/fields +[0-9]+ judged: [0-9]+ settled/)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test('an altered answer ends with 1, and says where, what rule, what was expected and how to look it up', async () => {
    const { status, stdout } = await verify(folderOf({ 'sub/bad.yaml': wrong() }), '.')
    expect(stdout).toMatch(/^8 exchanges in 1 recording: 1 NEW divergence\n/)
    for (const line of [
      '  rule          blob.renew.leased-fixed.held (fails)',
      '  field         status',
      '  expected      200',
      '  observed      409 LeaseAlreadyBroken',
      '  seen in       sub/bad.yaml#4',
      '                PUT /container/blob?comp=lease, renew',
      '  look up       leasecheck explain blob.renew.leased-fixed.held',
    ])
      expect(stdout.split('\n')).toContain(line)
    expect(stdout).not.toMatch(/s3cret|SharedKey/)
    expect(status).toBe(1)
  })

  test('what is damaged, something else or missing is told in a line each, and the others are judged: 2', async () => {
    const cwd = folderOf({
      'recordings/good.json': leaseSession(),
      'recordings/package.json': '{ "name": "somebody" }',
      'recordings/damaged.json': WRITERS['test proxy'](leaseSession()).slice(0, -200),
      'notes.txt': 'nothing recorded',
    })
    const { status, stdout } = await verify(cwd, 'recordings', 'notes.txt', 'nowhere')
    expect(stdout).toMatch(/^8 exchanges in 1 recording: 3 files NOT READ; nothing new\n/)
    for (const file of ['recordings/damaged.json', 'notes.txt', 'nowhere'])
      expect(stdout.split('\n').filter((line) => line.startsWith(`  - ${file}: `))).toHaveLength(1)
    expect(stdout.replace(/\s+/g, ' ')).toContain('1 in folders passed over, since they are something else')
    expect(stdout).not.toMatch(/s3cret/)
    expect(status).toBe(2)
    const withNew = folderOf({ 'bad.json': wrong(), 'damaged.json': '{ "Entries": [' })
    expect((await verify(withNew, '.')).status).toBe(1)
  })

  test('where there is no recording at all it ends with 2, where nothing can be judged with 3', async () => {
    expect((await verify(folderOf({ 'package.json': '{}' }), '.')).status).toBe(2)
    const unsent = leaseSession().map((each) => ({ ...each, requestHeaders: undefined, method: 'PUT' }))
    const { status, stdout } = await verify(folderOf({ 'unsent.json': unsent }), '.')
    expect(stdout).toMatch(/^8 exchanges in 1 recording: NOTHING WAS JUDGED; nothing new\n/)
    expect(stdout).toContain('the recording has no request headers')
    expect(status).toBe(3)
  })

  test('divergences in a baseline are known; they are gone only if the files where they were seen agree', async () => {
    const cwd = folderOf({
      'one.json': wrong(),
      'two.json': wrong(leaseSession('second')),
      'good.json': leaseSession(),
    })
    expect((await verify(cwd, 'one.json', 'two.json', '--update-baseline')).status).toBe(1)
    const file = join(cwd, 'leasecheck-recordings.json')
    const read = parseRecordingsBaseline(readFileSync(file, 'utf8'), file)
    if ('error' in read) throw new Error(read.error)
    const [entry] = read.baseline.entries
    expect(entry).toMatchObject({ rule: 'blob.renew.leased-fixed.held', observed: '409 LeaseAlreadyBroken' })
    expect(entry!.seenIn.map((each) => `${each.file}#${each.place}`)).toEqual(['one.json#4', 'two.json#4'])
    const known = await verify(cwd, 'one.json')
    expect(known.stdout).toMatch(/^8 exchanges in 1 recording: nothing new; 1 known divergence\n/)
    expect(known.status).toBe(0)
    expect((await verify(cwd, 'one.json', '--baseline', 'none')).status).toBe(1)
    const elsewhere = await verifiedAsJson(cwd, 'good.json')
    expect(elsewhere.entries).toMatchObject([{ state: 'not checked' }])
    for (const name of ['one.json', 'two.json']) writeFileSync(join(cwd, name), WRITERS['test proxy'](leaseSession()))
    const mended = await verify(cwd, 'one.json', 'two.json', '--fail-on-gone')
    expect(mended.stdout).toMatch(/^16 exchanges in 2 recordings: nothing new; 1 gone\n/)
    expect(mended.status).toBe(1)
    expect((await verify(cwd, 'one.json', 'two.json', '--update-baseline')).stderr).toContain(
      '- blob.renew.leased-fixed.held',
    )
  })

  test('people keep their sentences when a baseline is updated', async () => {
    const cwd = folderOf({ 'one.json': wrong() })
    await verify(cwd, 'one.json', '--update-baseline', '--baseline', 'mine.json')
    const file = join(cwd, 'mine.json')
    const text = readFileSync(file, 'utf8').replace(/"TODO[^\n]*"/, '"A proxy answered."')
    writeFileSync(file, text)
    const again = await verify(cwd, 'one.json', '--update-baseline', '--baseline', 'mine.json')
    expect(again.stderr).toContain('mine.json is up to date')
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect(again.stdout).toContain('A proxy answered.')
  })

  test('a divergence from what is only inferred warns, and fails with --strict', async () => {
    const odd = leaseSession().map((each, place) =>
      place === RENEW ? { ...each, requestHeaders: { ...each.requestHeaders, 'x-ms-lease-action': 'dance' } } : each,
    )
    const cwd = folderOf({ 'odd.json': odd })
    const { status, stdout } = await verify(cwd, '.')
    expect(stdout).toMatch(/^8 exchanges in 1 recording: nothing new that fails; 1 warning\n\nWARNING\n/)
    expect(stdout).toContain('  rule          blob.syntax.lease.unknown-action (does not fail)')
    expect(status).toBe(0)
    expect((await verify(cwd, '.', '--strict')).status).toBe(1)
  })

  test('--by-rule counts the exchanges that nothing else explains, with places', async () => {
    const { rules } = await verifiedAsJson(folderOf({ 'good.json': leaseSession() }), '.', '--by-rule')
    expect(rules!.find(({ rule }) => rule === 'blob.renew.leased-fixed.held')).toMatchObject({
      exchanges: 1,
      recordings: 1,
      amongOthers: 0,
      answers: [{ answer: '200', exchanges: 1 }],
      examples: [{ file: 'good.json', place: '4', request: 'PUT /container/blob?comp=lease, renew' }],
    })
  })

  test('--out leaves a stream, a document, JUnit XML and a summary, all without secrets', async () => {
    const cwd = folderOf({ 'bad.json': wrong() })
    await verify(cwd, 'bad.json', '--out', 'results')
    const read = (name: string) => readFileSync(join(cwd, 'results', name), 'utf8')
    const events = read('verification.ndjson')
      .trim()
      .split('\n')
      .map((line) => VERIFICATION_EVENT.parse(JSON.parse(line)))
    expect(events.map(({ event }) => event)).toEqual(['header', 'exchange', 'file', 'divergence', 'footer'])
    const document = VERIFICATION.parse(JSON.parse(read('verification.json')))
    expect(document.exchanges).toMatchObject([
      { file: 'bad.json', place: '4', result: 'unexplained', leaseOperation: true },
    ])
    expect(document.summary.leaseOperations).toMatchObject({ exchanges: 4, explained: 3, unexplained: 1 })
    expect(read('junit.xml')).toContain('<failure')
    expect(read('summary.md')).toMatch(/^## 8 exchanges in 1 recording: 1 NEW divergence\n/)
    for (const name of ['verification.ndjson', 'verification.json', 'junit.xml', 'summary.md'])
      expect(read(name)).not.toMatch(/s3cret|SharedKey/)
  })

  test.each([
    [['nowhere.json', '--baseline', 'missing.json'], 'the baseline missing.json cannot be read (ENOENT)'],
    [['good.json', '--baseline', 'good.json'], /the baseline good.json: .*leasecheck-recordings-baseline/],
    [['good.json', '--update-baseline', '--baseline', 'no/where.json'], 'there is no folder no; make it first'],
    [['good.json', '--out', 'good.json'], 'results cannot be written to good.json (EEXIST)'],
    [[], "missing required argument 'paths'"],
  ])('wrong usage ends with 2: %j', async (args, saying) => {
    const { status, stdout, stderr } = await verify(folderOf({ 'good.json': leaseSession() }), ...args)
    expect(stderr).toMatch(/^leasecheck: .*\n$/)
    expect(stderr).toMatch(saying)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  })

  test('an interruption ends it with 130, and says what was judged so far', async () => {
    const text = WRITERS['test proxy'](Array.from({ length: 120 }, (_, i) => leaseSession(`c${i}`)).flat())
    const files = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`${i}.json`, text]))
    const cwd = folderOf(files)
    const started = start(['verify', '.', '--out', 'results'], { cwd })
    await untilWritten(join(cwd, 'results', 'verification.ndjson'))
    process.kill(started.pid, 'SIGINT')
    const { status, stdout, stderr } = await started.ended
    expect(stdout).toMatch(/^[0-9,]+ exchanges? in [0-9]+ recordings?: INCOMPLETE \(interrupted\)/)
    expect(stdout).toContain('not looked at any more')
    expect(stderr).not.toContain('    at ')
    expect(status).toBe(130)
    expect(await survivors(started)).toEqual([])
    const { summary } = VERIFICATION.parse(JSON.parse(readFileSync(join(cwd, 'results', 'verification.json'), 'utf8')))
    expect(summary).toMatchObject({ complete: false, exitStatus: 130 })
  })
})

/** Waits until a file has something in it. */
async function untilWritten(file: string): Promise<void> {
  while ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) await sleep(10)
}
