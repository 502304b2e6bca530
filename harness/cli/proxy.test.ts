import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EmptyServer, emptyServer } from '../reference/testing/empty-server.ts'
import { leasecheck, removeTemporaryFolders, start, survivors, temporaryFolder } from './child-command.ts'

const PROGRAM = fileURLToPath(new URL('../proxying/testing/release-in-capitals.mjs', import.meta.url))
const cwd = temporaryFolder()

let server: EmptyServer
beforeAll(async () => {
  server = await emptyServer()
})
afterAll(async () => {
  removeTemporaryFolders()
  await server.close()
})

const proxy = (options: readonly string[], ...command: readonly string[]) =>
  leasecheck(['proxy', server.url, ...options, ...(command.length === 0 ? [] : ['--', ...command])], { cwd })

describe.concurrent('proxy', () => {
  test('a program finds where to send its requests, and its session is judged and kept', async () => {
    const options = ['--record', 'session.har', '--out', 'results', '--baseline', 'none']
    const { status, stdout, stderr } = await proxy(options, process.execPath, PROGRAM)
    expect(stdout).toBe('released\n')
    expect(stderr).toContain('4 exchanges in 1 recording: nothing new')
    expect(stderr).toMatch(/Exit status 0: nothing new/)
    expect(status).toBe(0)
    const recorded = readFileSync(join(cwd, 'session.har'), 'utf8')
    expect(recorded).not.toMatch(/authorization|SharedKey|Eby8vdM0|127\.0\.0\.1/i)
    const verified = await leasecheck(['verify', 'session.har', '--json'], { cwd })
    const { summary } = JSON.parse(verified.stdout)
    const { summary: own } = JSON.parse(readFileSync(join(cwd, 'results', 'verification.json'), 'utf8'))
    expect(summary).toMatchObject({ all: own.all, leaseOperations: own.leaseOperations, judged: own.judged })
    expect(readFileSync(join(cwd, 'results', 'junit.xml'), 'utf8')).toContain('<testsuite')
  })

  test('a program that fails makes it fail, although nothing is new', async () => {
    const { status, stderr } = await proxy([], process.execPath, PROGRAM, '5')
    expect(stderr).toContain('nothing new')
    expect(stderr).toContain('Exit status 1: the command ended with status 5')
    expect(status).toBe(1)
  })

  test('a session in which nothing was judged proves nothing', async () => {
    const { status, stderr } = await proxy([], process.execPath, '-e', '')
    expect(stderr).toContain('NOTHING WAS JUDGED')
    expect(status).toBe(3)
  })

  test.each([
    ['no such program', ['--', 'there-is-no-such-program'], '"there-is-no-such-program" cannot be started'],
    ['an option of a run', ['--driver', 'js'], "unknown option '--driver'"],
    ['a folder to record in', ['--record', '.'], 'the session cannot be recorded in . (EISDIR)'],
  ])('wrong usage: %s', async (_, args, saying) => {
    const { status, stderr } = await leasecheck(['proxy', server.url, ...args], { cwd })
    expect(stderr).toContain(saying)
    expect(stderr).not.toMatch(/\.ts:/)
    expect(status).toBe(2)
  })

  test('without a program it says how it is reached, and Ctrl-C is its normal end', async () => {
    const running = start(['proxy', server.url], { cwd })
    while (!running.stdout().includes('LEASECHECK_BLOB_ENDPOINT')) await sleep(20)
    const environment = Object.fromEntries(
      [...running.stdout().matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]),
    )
    expect(running.stdout()).toMatch(/^unset LEASECHECK_FILE_ENDPOINT$/m)
    const program = start([PROGRAM], { cwd, env: environment, main: '--no-warnings' })
    expect((await program.ended).stdout).toBe('released\n')
    process.kill(running.pid, 'SIGINT')
    const { status, stderr } = await running.ended
    expect(stderr).toContain('4 exchanges in 1 recording: nothing new')
    expect(status).toBe(0)
    expect(await survivors(running)).toEqual([])
  })
})
