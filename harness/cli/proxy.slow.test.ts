import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { bentServer } from '../targets/probing/testing/bent-server.ts'
import { startReference } from '../targets/reference.ts'
import { leasecheck, removeTemporaryFolders, start, survivors, temporaryFolder } from './child-command.ts'

const PYTHON = process.env.LEASECHECK_PYTHON ?? 'python3'
const HAS_CLIENTS = spawnSync(PYTHON, ['-c', 'import azure.storage.blob, azure.storage.fileshare']).status === 0
const fileAt = (path: string) => fileURLToPath(new URL(`../proxying/${path}`, import.meta.url))
const PROGRAM = [process.execPath, fileAt('testing/release-in-capitals.mjs')]

afterAll(removeTemporaryFolders)

describe('samples of a test suite', () => {
  test.each([
    ['reference', 6],
    ['azurite', 4],
  ])('with the JavaScript SDK on %s', async (target, tests) => {
    const { status, stdout, stderr } = await leasecheck(
      ['proxy', target, '--', process.execPath, fileAt('samples/leases.mjs')],
      { cwd: temporaryFolder() },
    )
    expect({ status, stdout }, stderr).toEqual({ status: 0, stdout: `${tests} tests passed\n` })
    expect(stderr).toMatch(/ 0 unexplained, 0 known, 0 not judgeable/)
  })

  test.skipIf(!HAS_CLIENTS).each([
    ['reference', 6],
    ['azurite', 4],
  ])('with the Python SDK on %s', async (target, tests) => {
    const { status, stdout, stderr } = await leasecheck(['proxy', target, '--', PYTHON, fileAt('samples/leases.py')], {
      cwd: temporaryFolder(),
    })
    expect({ status, stdout }, stderr).toEqual({ status: 0, stdout: `${tests} tests passed\n` })
    expect(stderr).toMatch(/ 0 unexplained, 0 known, 0 not judgeable/)
  })
})

describe('a server that is wrong', () => {
  test('what its baseline lists is known', async () => {
    const { status, stdout, stderr } = await leasecheck(['proxy', 'azurite', '--', ...PROGRAM], {
      cwd: temporaryFolder(),
    })
    expect(stdout).toBe('refused with 409\n')
    expect(stderr).toContain('nothing new; 1 known divergence')
    expect(status).toBe(0)
  })

  test.each([
    ['fails although the program succeeds', '0'],
    ['fails the same if the program does too', '5'],
  ])('without a baseline it %s', async (_, programStatus) => {
    const { status, stderr } = await leasecheck(
      ['proxy', 'azurite', '--baseline', 'none', '--', ...PROGRAM, programStatus],
      { cwd: temporaryFolder() },
    )
    expect(stderr).toContain('blob.release.leased.held-spelt-otherwise (fails)')
    expect(stderr).toMatch(/comp=lease, release/)
    expect(stderr).toMatch(/Exit status 1: 1 new divergence/)
    expect(status).toBe(1)
  })

  test('what is new is told at once', async () => {
    const reference = await startReference()
    const bent = await bentServer(new URL(reference.endpoints[0]!.url).origin, ({ headers }) =>
      headers['x-ms-lease-action'] === 'release'
        ? { status: 409, headers: { 'x-ms-error-code': 'LeaseLost' } }
        : 'passes',
    )
    const wait = 'setTimeout(() => {}, 60_000)'
    const script = `process.exit = () => {}; import(process.argv[1]); ${wait}`
    const running = start(['proxy', bent.url, '--', process.execPath, '-e', script, PROGRAM[1]!], {
      cwd: temporaryFolder(),
    })
    const told = running.ended.then(({ stderr }) => stderr)
    while (!running.stdout().includes('refused')) await sleep(20)
    await sleep(200)
    process.kill(running.pid, 'SIGINT')
    const { status } = await running.ended
    const stderr = await told
    // Once as it happens, and once at the end.
    expect(stderr.match(/rule +blob\.release\.leased/g)).toHaveLength(2)
    expect(stderr.indexOf('NEW')).toBeLessThan(stderr.indexOf('INCOMPLETE (interrupted)'))
    expect(status).toBe(130)
    expect(await survivors(running)).toEqual([])
    bent.close()
    await reference.close()
  })
})

// Signals are those of Linux.
describe.skipIf(process.platform !== 'linux')('how it ends', () => {
  test('Ctrl-C goes to the program, once, and to what it has started', async () => {
    const script = `
      let heard = 0
      process.on('SIGINT', () => { heard++; setTimeout(() => { console.log('heard', heard); process.exit(0) }, 500) })
      console.log('here')
      setInterval(() => {}, 1000)`
    const running = start(['proxy', 'reference', '--', 'sh', '-c', `"$0" -e "$1"; exit 7`, process.execPath, script], {
      cwd: temporaryFolder(),
    })
    while (!running.stdout().includes('here')) await sleep(20)
    // As a terminal does: to the whole group.
    process.kill(-running.pid, 'SIGINT')
    const { status, stdout, stderr } = await running.ended
    expect(stdout).toContain('heard 1\n')
    expect(stderr).toContain('INCOMPLETE (interrupted)')
    expect(status).toBe(130)
    expect(await survivors(running)).toEqual([])
  })

  test('a target that dies ends the program', async () => {
    const running = start(['proxy', 'reference', '--', process.execPath, '-e', 'setInterval(() => {}, 1000)'], {
      cwd: temporaryFolder(),
    })
    const servers = () => running.processes().filter(({ commandLine }) => /reference\/main/.test(commandLine))
    while (servers().length === 0 || running.processes().length < 3) await sleep(20)
    for (const { pid } of servers()) process.kill(pid, 'SIGKILL')
    const { status, stderr } = await running.ended
    expect(stderr).toContain('signal SIGKILL; ending the command')
    expect(status).toBe(3)
    expect(await survivors(running)).toEqual([])
  })

  test('a server that cannot be reached is told', async () => {
    const reference = await startReference()
    const { url } = reference.endpoints[0]!
    const script = `process.kill(${reference.pids[0]}, 'SIGKILL'); setTimeout(() => fetch(process.env.LEASECHECK_BLOB_ENDPOINT).catch(() => {}), 300)`
    const { status, stderr } = await leasecheck(['proxy', url, '--', process.execPath, '-e', script], {
      cwd: temporaryFolder(),
    })
    expect(stderr).toContain('the server could not be reached for 1 request')
    expect(status).toBe(3)
    await reference.close()
  })
})
