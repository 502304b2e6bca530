import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { leasecheck, removeTemporaryFolders, resultsIn, start, survivors, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

const SERVER = fileURLToPath(new URL('../targets/starting/testing/reference-command.ts', import.meta.url))
const SMALL = ['--kinds', 'container', '--only', 'available renew', '--runs', '0']

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => void server.close(() => resolve()))
  return port
}

/** The arguments for a run on a server that is started for it. */
async function startedWith(...args: readonly (string | number)[]): Promise<readonly string[]> {
  const port = await freePort()
  // A shell of its own beneath the shell: all that the command starts has to end.
  const command = `echo on its way; "${process.execPath}" "${SERVER}" ${port} ${args.join(' ')}; echo never`
  return ['run', `http://127.0.0.1:${port}/devstoreaccount1`, '--start', command, '--clock', 'header', ...SMALL]
}

const logIn = (cwd: string) => readFileSync(join(cwd, 'leasecheck-results', 'server.log'), 'utf8')

test('starts a server, waits for it, checks it, and ends it; its output is kept', async () => {
  const cwd = temporaryFolder()
  // `leasecheck` sees to it that no process is left.
  const { status, stdout, stderr } = await leasecheck(await startedWith(800), { cwd })
  expect({ status, stdout, stderr }).toMatchObject({ status: 0 })
  expect(resultsIn(cwd).footer).toMatchObject({ complete: true, buckets: { new: 0 } })
  expect(logIn(cwd)).toBe('on its way\nthe server starts\nthe server listens\n')
})

test('a server that ends before it is ready: exit 3 with its last lines', async () => {
  const cwd = temporaryFolder()
  const args = [
    'run',
    `http://127.0.0.1:${await freePort()}/a`,
    '--key',
    'eA==',
    '--start',
    'echo no such luck; exit 9',
  ]
  const { status, stderr } = await leasecheck(args, { cwd })
  expect({ status, stderr }).toMatchObject({ status: 3 })
  expect(stderr).toMatch(/the server that --start started ended with status 9; its last lines:\n {2}no such luck\n/)
})

test('a server that is not ready in time: exit 3, and nothing is left', async () => {
  const args = [...(await startedWith(60_000)), '--ready-timeout', '1s']
  const { status, stderr, durationMs } = await leasecheck(args, { cwd: temporaryFolder() })
  expect({ status, stderr }).toMatchObject({ status: 3 })
  expect(stderr).toMatch(/is not ready after 1 s: http:\S+ does not answer HTTP; [\s\S]*the server starts/)
  expect(durationMs).toBeLessThan(15_000)
})

test('--ready names a page that has to answer with success', async () => {
  const started = await startedWith(0)
  const page = started[1]!
  // The account alone, asked by nobody, is refused.
  const { status, stderr } = await leasecheck([...started, '--ready', page, '--ready-timeout', '2s'], {
    cwd: temporaryFolder(),
  })
  expect({ status, stderr }).toMatchObject({ status: 3 })
  expect(stderr).toContain('does not answer with success')
})

test('a server that dies in the middle: exit 3 with its last lines, in the results too', async () => {
  const cwd = temporaryFolder()
  const wall = (await startedWith(0, 6_000)).map((arg) => (arg === 'header' ? 'wall' : arg))
  const { status, stderr } = await leasecheck(
    [...wall.slice(0, -SMALL.length), '--kinds', 'container', '--runs', '0', '--yes'],
    { cwd },
  )
  expect({ status, stderr }).toMatchObject({ status: 3 })
  expect(stderr).toMatch(/ended with [\s\S]*the server has run out of luck/)
  expect(resultsIn(cwd).incomplete).toMatch(/has run out of luck/)
})

test('a signal ends the server as well, while it starts and while it is checked', async () => {
  for (const delayMs of [60_000, 0]) {
    const cwd = temporaryFolder()
    const args = [...(await startedWith(delayMs)).map((arg) => (arg === 'header' ? 'wall' : arg)), '--yes']
    const run = start(args.slice(0, -1 - SMALL.length).concat('--kinds', 'container', '--yes'), { cwd })
    if (delayMs > 0) await sleep(3_000)
    else while (!run.stdout().includes('pace')) await sleep(50)
    await sleep(1_000)
    expect(run.processes().length).toBeGreaterThan(1)
    process.kill(run.pid, 'SIGINT')
    expect((await run.ended).status).toBe(130)
    expect(await survivors(run)).toEqual([])
  }
})

test('what answers already is not what is started: exit 2', async () => {
  const cwd = temporaryFolder()
  const port = await freePort()
  const first = start(['serve', '--port', String(port)], { cwd })
  while (!first.stdout().includes('http')) await sleep(50)
  const args = ['run', `http://127.0.0.1:${port}/devstoreaccount1`, '--start', 'sleep 60']
  const { status, stderr } = await leasecheck(args, { cwd: temporaryFolder() })
  expect({ status, stderr }).toMatchObject({ status: 2 })
  expect(stderr).toContain('answers at')
  process.kill(first.pid, 'SIGINT')
  await first.ended
})
