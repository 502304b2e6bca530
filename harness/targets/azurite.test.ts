import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { TargetError, UsageError } from '../errors.ts'
import { startAzurite } from './azurite.ts'
import type { Endpoint, Target } from './target.ts'
import { survivors } from './testing/survivors.ts'

const AZURITE = new URL('./azurite.ts', import.meta.url).href
const started: Target[] = []

async function start(options: Parameters<typeof startAzurite>[0]): ReturnType<typeof startAzurite> {
  const target = await startAzurite(options)
  started.push(target)
  return target
}

afterEach(async () => {
  vi.unstubAllEnvs()
  await Promise.all(started.splice(0).map((target) => target.close()))
})

describe('an embedded Azurite', () => {
  test('runs as several processes, each with a world of its own, and leaves none', async () => {
    const target = await start({ processes: 2 })
    expect(target).toMatchObject({
      name: 'azurite',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      clock: 'virtual',
    })
    expect(new Set(target.endpoints.map((endpoint) => endpoint.url)).size).toBe(2)
    for (const { url } of target.endpoints) expect((await fetch(`${url}?comp=list`)).status).toBe(403)
    await target.close()
    expect(await survivors(target.endpoints)).toEqual([])
  })

  test('does not listen to what the user set up for an Azurite of their own', async () => {
    vi.stubEnv('AZURITE_ACCOUNTS', 'somebody:a2V5')
    vi.stubEnv('AZURITE_DB', 'mysql://nowhere')
    vi.stubEnv('NODE_OPTIONS', '--require=./not-there.cjs')
    const target = await start({ processes: 1 })
    expect((await fetch(`${target.endpoints[0]!.url}?comp=list`)).status).toBe(403)
  })

  test('says which port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as AddressInfo
    const attempt = start({ processes: 1, port })
    await expect(attempt).rejects.toThrow(UsageError)
    await expect(attempt).rejects.toThrow(`port ${port} is in use`)
    holder.close()
    await once(holder, 'close')
    expect((await start({ processes: 1, port })).endpoints[0]!.url).toContain(`:${port}/`)
    await expect(startAzurite({ processes: 2, port })).rejects.toThrow(UsageError)
  })

  test('tells that a process was killed, once, and also who asks later', async () => {
    const target = await start({ processes: 2 })
    const reasons: string[] = []
    target.onDeath((reason) => reasons.push(reason))
    for (const pid of target.pids) process.kill(pid, 'SIGKILL')
    const later = await new Promise<string>((resolve) => target.onDeath(resolve))
    expect(later).toContain('SIGKILL')
    expect(reasons).toEqual([later])
  })

  test('says nothing when it is closed', async () => {
    const target = await start({ processes: 1 })
    const heard = vi.fn()
    target.onDeath(heard)
    await target.close()
    await target.close()
    expect(heard).not.toHaveBeenCalled()
  })

  test.each([
    ['is killed', 'await new Promise((resolve) => setTimeout(resolve, 60_000))'],
    ['crashes', 'process.exitCode = 4; throw new Error("crash")'],
    ['forgets to close it', ''],
  ])('ends when its parent %s', async (_, then) => {
    const script = `
      import { startAzurite } from '${AZURITE}'
      const target = await startAzurite({ processes: 2 })
      await new Promise((resolve) => process.stdout.write(JSON.stringify(target.endpoints) + '\\n', resolve))
      ${then}`
    const parent = spawn(process.execPath, ['--no-warnings', '--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const endpoints = JSON.parse(String(line)) as Endpoint[]
    expect(endpoints).toHaveLength(2)
    if (then.includes('60_000')) parent.kill('SIGKILL')
    expect(await survivors(endpoints)).toEqual([])
  })
})

test('a version that is not installed is not fetched offline; the message says how to install it', async () => {
  vi.stubEnv('XDG_CACHE_HOME', `${tmpdir()}/leasecheck-test-no-such-cache`)
  const attempt = startAzurite({ processes: 1, version: '3.28.0', offline: true })
  await expect(attempt).rejects.toThrow(TargetError)
  await expect(attempt).rejects.toThrow('npm install --save-dev azurite@3.28.0')
})
