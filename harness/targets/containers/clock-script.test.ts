import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { CLOCK_HEADER, NOW_HEADER } from '../../clock/headers.ts'
import { clockScript } from './clock-script.ts'

const SERVER = `
const http = require('node:http')
const server = http.createServer((_, response) => response.end(String(Date.now())))
server.listen(0, '127.0.0.1', async () => {
  const url = 'http://127.0.0.1:' + server.address().port
  const answer = await fetch(url, { headers: { '${NOW_HEADER}': '5000' } })
  console.log(await answer.text(), answer.headers.get('${CLOCK_HEADER}'))
  process.exit()
})`

test('the script is plain CommonJS that gives a Node its virtual clock by NODE_OPTIONS alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leasecheck-test-'))
  try {
    const script = join(folder, 'clock.cjs')
    writeFileSync(script, clockScript())
    const env = { ...process.env, NODE_OPTIONS: `--no-experimental-strip-types --require=${script}` }
    const { stdout } = await promisify(execFile)(process.execPath, ['--eval', SERVER], { env })
    expect(stdout).toBe('5000 5000\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('making it warns of nothing', () => {
  const warn = vi.spyOn(process, 'emitWarning')
  clockScript()
  expect(warn).not.toHaveBeenCalled()
  expect(process.emitWarning).toBe(warn)
})
