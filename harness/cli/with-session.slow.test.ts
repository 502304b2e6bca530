import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalQuery, sharedKeySigner } from '../drivers/shared-key.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY, startAzurite } from '../targets/azurite.ts'
import type { Target } from '../targets/target.ts'
import { keyOf } from '../targets/testing/key-of.ts'
import {
  leasecheck,
  removeTemporaryFolders,
  resultsFile,
  resultsIn,
  start,
  survivors,
  temporaryFolder,
  untilResults,
} from './child-command.ts'

afterAll(removeTemporaryFolders)

/**
 * A selection without the request that leaves Azurite with a container that it can neither read nor delete nor list any more:
 * an acquire without a duration.
 */
const HARMLESS = ['--kinds', 'container', '--only', 'change']
/** A run that would go on for longer than any test. */
const LONG = ['--kinds', 'blob', '--budget', '60s']

// Signals and the list of processes are those of Linux.
describe.skipIf(process.platform !== 'linux')('a run that does not come to its end', { concurrent: true }, () => {
  test('because Azurite was killed says so, keeps what it has, and ends with 3', async () => {
    const cwd = temporaryFolder()
    const run = start(['run', ...LONG], { cwd })
    await untilResults(cwd)
    const servers = run.processes().filter(({ commandLine }) => commandLine.includes('blob/main.js'))
    expect(servers).toHaveLength(2)
    process.kill(servers[1]!.pid, 'SIGKILL')
    const { status, stdout, stderr } = await run.ended
    expect(status).toBe(3)
    expect(stderr).toContain(`leasecheck: Azurite (process ${servers[1]!.pid}) ended with signal SIGKILL\n`)
    expect(stdout).toContain('INCOMPLETE')
    const { events, footer, incomplete } = resultsIn(cwd)
    expect(incomplete).toContain('SIGKILL')
    expect(footer).toMatchObject({ complete: false, exitStatus: 3 })
    expect(events.filter(({ event }) => event === 'verdict').length).toBe(footer!.scenarios)
    expect(footer!.scenarios).toBeGreaterThan(10)
    expect(await survivors(run)).toEqual([])
  })

  test('because Azurite was killed still ends with 1 if it has found something new', async () => {
    const cwd = temporaryFolder()
    const run = start(['run', ...LONG, '--baseline', 'none'], { cwd })
    await untilResults(cwd)
    while (!run.stdout().includes('npx leasecheck replay')) await sleep(20)
    process.kill(run.processes().find(({ commandLine }) => commandLine.includes('blob/main.js'))!.pid, 'SIGKILL')
    expect((await run.ended).status).toBe(1)
    expect(resultsIn(cwd).incomplete).toContain('SIGKILL')
  })

  test.each([
    ['SIGINT', 'to the whole process group, as a terminal does', true],
    ['SIGTERM', 'to the command alone', false],
  ] as const)('because of a %s %s ends with 130 and leaves no process', async (signal, _, toGroup) => {
    const cwd = temporaryFolder()
    const run = start(['run', ...LONG], { cwd })
    await untilResults(cwd)
    process.kill(toGroup ? -run.pid : run.pid, signal)
    const { status, stderr } = await run.ended
    expect(status).toBe(130)
    expect(stderr).toMatch(/^leasecheck: interrupted$/m)
    expect(resultsIn(cwd)).toMatchObject({ incomplete: 'interrupted', footer: { complete: false, exitStatus: 130 } })
    expect(await survivors(run)).toEqual([])
  })

  test('because of a signal before anything was sent ends with 130, too', async () => {
    const cwd = temporaryFolder()
    const run = start(['run', ...LONG], { cwd })
    while (!run.processes().some(({ commandLine }) => commandLine.includes('blob/main.js'))) await sleep(10)
    process.kill(run.pid, 'SIGINT')
    const { status, stderr } = await run.ended
    expect(stderr).toMatch(/^leasecheck: interrupted\n/)
    expect(status).toBe(130)
    expect(await survivors(run)).toEqual([])
  })
})

describe('on a server that somebody else runs', () => {
  let target: Target
  beforeAll(async () => {
    target = await startAzurite({ processes: 1 })
  })
  afterAll(() => target.close())

  /** The command's arguments for this server, on virtual time. */
  function there(): readonly string[] {
    return [target.endpoints[0]!.url, '--clock', 'header', '--account', EMULATOR_ACCOUNT, '--key', EMULATOR_KEY]
  }

  /** The names of all containers on the server. */
  async function containers(): Promise<readonly string[]> {
    const { url, account } = target.endpoints[0]!
    const headers = ['x-ms-date', new Date().toUTCString(), 'x-ms-version', '2023-11-03']
    const query = canonicalQuery([['comp', 'list']])
    const path = new URL(url).pathname
    const authorization = sharedKeySigner(
      account,
      keyOf(target.endpoints[0]!),
    )({ method: 'GET', path, query, contentLength: 0, headers })
    const answer = await fetch(`${url}?comp=list`, {
      headers: { [headers[0]!]: headers[1]!, [headers[2]!]: headers[3]!, authorization },
    })
    expect(answer.status).toBe(200)
    return [...(await answer.text()).matchAll(/<Name>([^<]*)<\/Name>/g)].map(([, name]) => name!)
  }

  test('gives the same verdict as an embedded Azurite, and leaves no container', async () => {
    const [here, remote] = [temporaryFolder(), temporaryFolder()]
    const selection = [...HARMLESS, '--stable-output']
    const embedded = await leasecheck(['run', ...selection], { cwd: here })
    const foreign = await leasecheck(['run', ...there(), '--hostile', ...selection], { cwd: remote })
    expect(foreign.status).toBe(embedded.status)
    const lines = (cwd: string) => readFileSync(resultsFile(cwd), 'utf8').split('\n').slice(1)
    expect(lines(remote)).toEqual(lines(here))
    expect(resultsIn(remote).header).toMatchObject({
      target: { name: 'azurite', url: `http://127.0.0.1:0/${EMULATOR_ACCOUNT}` },
      repeat: expect.arrayContaining(['--clock', 'header']),
    })
    expect(readFileSync(resultsFile(remote), 'utf8') + foreign.stdout + foreign.stderr).not.toContain(EMULATOR_KEY)
    expect(await containers()).toEqual([])
  })

  test('sends nothing hostile there unless asked, so that a whole run can clean up', async () => {
    const cwd = temporaryFolder()
    const ran = await leasecheck(['run', ...there(), '--kinds', 'container', '--runs', '20'], { cwd })
    expect(ran.status).toBe(0)
    const results = readFileSync(resultsFile(cwd), 'utf8')
    expect(results).not.toMatch(/"event":"verdict"[^\n]*malformed:/)
    expect(resultsIn(cwd)).toMatchObject({ footer: { complete: true, cells: { unreached: [] } } })
    expect(results).toContain('only with --hostile')
    expect(ran.stderr).not.toContain('could not be removed')
    expect(await containers()).toEqual([])
  })

  test('leaves no container after a signal', async () => {
    const cwd = temporaryFolder()
    // On wall time, where it waits for minutes.
    const run = start(['run', target.endpoints[0]!.url, ...HARMLESS], { cwd })
    while ((await containers()).length < 20) await sleep(20)
    expect(await containers()).toContainEqual(expect.stringMatching(/^leasecheck-/))
    process.kill(run.pid, 'SIGINT')
    const { status, stderr } = await run.ended
    expect(status).toBe(130)
    expect(stderr).toMatch(/^leasecheck: interrupted$/m)
    expect(stderr).not.toContain('could not be removed')
    expect(resultsIn(cwd)).toMatchObject({ incomplete: 'interrupted', header: { clock: 'wall' } })
    expect(await containers()).toEqual([])
  })

  test('works on wall time, and leaves no container', async () => {
    const cwd = temporaryFolder()
    const args = ['--clock', 'wall', '--kinds', 'container', '--only', 'available renew', '--runs', '0']
    const ran = await leasecheck(['run', target.endpoints[0]!.url, ...args], { cwd })
    expect(ran.status).toBe(0)
    expect(resultsIn(cwd)).toMatchObject({ header: { clock: 'wall' }, footer: { buckets: { new: 0 } } })
    const token =
      'lc1/container/acquire,proposed=A,duration=60/break,period=2/wait,deadline-1000ms/getContainerProperties/wait,deadline+1000ms/getContainerProperties'
    const replayed = await leasecheck(['replay', token, target.endpoints[0]!.url], { cwd })
    expect(replayed).toMatchObject({ status: 0, stderr: '' })
    expect(replayed.durationMs).toBeGreaterThan(3_000)
    expect(replayed.stdout).toMatch(/breaking locked[\s\S]*broken unlocked/)
    expect(await containers()).toEqual([])
  })

  test('a replay leaves no container either, also after a signal', async () => {
    const cwd = temporaryFolder()
    const token = 'lc1/container/acquire,proposed=A,duration=60/wait,60000ms/renew,id=A'
    const run = start(['replay', token, target.endpoints[0]!.url], { cwd })
    while ((await containers()).length === 0) await sleep(20)
    process.kill(run.pid, 'SIGINT')
    const { status, stdout, stderr } = await run.ended
    expect({ status, stdout, stderr }).toEqual({ status: 130, stdout: '', stderr: 'leasecheck: interrupted\n' })
    expect(await containers()).toEqual([])
  })
})
