import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** Listens at once, and ends neither when its channel closes nor when it is asked to. */
const STUBBORN = `process.send('up'); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`

const SCRIPT = `
import { startServerProcess } from ${JSON.stringify(new URL('./server-process.ts', import.meta.url).href)}
const server = await startServerProcess({
  name: 'stubborn',
  args: ['--eval', ${JSON.stringify(STUBBORN)}],
  env: process.env,
  speaks: 'over the channel',
  startLimitMs: 30_000,
  listening: (child) => new Promise((resolve) => child.once('message', () => resolve({}))),
})
await server.close()
console.log('closed')
`

test('closing waits for a server that has to be killed', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    encoding: 'utf8',
  })
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'closed\n', stderr: '' })
})
