import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { UsageError } from '../errors.ts'
import { startReference } from './reference.ts'
import type { Endpoint, Target } from './target.ts'
import { survivors } from './testing/survivors.ts'

const REFERENCE = new URL('./reference.ts', import.meta.url).href
const started: Target[] = []

async function start(options: Parameters<typeof startReference>[0]): ReturnType<typeof startReference> {
  const target = await startReference(options)
  started.push(target)
  return target
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((target) => target.close()))
})

async function statusAt(url: string): Promise<number | undefined> {
  return fetch(url).then(
    ({ status }) => status,
    () => undefined,
  )
}

describe('an embedded reference server', () => {
  test('runs as several processes with both services, and leaves none', async () => {
    const target = await start({ processes: 2 })
    expect(target).toMatchObject({ name: 'reference', clock: 'virtual', embedded: true })
    expect(new Set(target.pids).size).toBe(2)
    const urls = target.endpoints.flatMap(({ url, fileUrl }) => [url, fileUrl!])
    expect(new Set(urls).size).toBe(4)
    for (const url of urls) expect(await statusAt(`${url}?comp=list`)).toBe(401)
    await target.close()
    expect(await survivors(target.endpoints)).toEqual([])
  })

  test('is replaced by a fresh one when it is restarted', async () => {
    const target = await start({})
    const before = target.pids
    const endpoints = await target.restart()
    expect(target.pids).not.toEqual(before)
    expect(endpoints).toEqual(target.endpoints)
    expect(await statusAt(endpoints[0]!.url)).toBe(401)
  })

  test('takes the account and the ports that it is given, and says that a port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as AddressInfo
    const key = Buffer.from('another').toString('base64')
    const message = `port ${port} is in use; choose another with --port, or 0 for any free one`
    await expect(start({ port })).rejects.toThrow(new UsageError(message))
    holder.close()
    await once(holder, 'close')
    const target = await start({ port, account: 'somebody', key })
    expect(target.endpoints[0]).toMatchObject({
      url: `http://127.0.0.1:${port}/somebody`,
      account: 'somebody',
      credential: { by: 'key', key },
    })
    await expect(start({ port, processes: 2 })).rejects.toThrow(UsageError)
  })

  test('tells of its death', async () => {
    const target = await start({})
    const death = new Promise<string>((resolve) => target.onDeath(resolve))
    process.kill(target.pids[0]!, 'SIGKILL')
    expect(await death).toMatch(/^the reference server \(process \d+\) ended with signal SIGKILL$/)
  })

  test.each(['SIGKILL', 'SIGTERM'] as const)('ends with its parent, also by %s', async (signal) => {
    const script = `import { startReference } from '${REFERENCE}'
const { endpoints } = await startReference()
console.log(JSON.stringify(endpoints))
setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script])
    const [line] = await once(parent.stdout, 'data')
    const endpoints: readonly Endpoint[] = JSON.parse(String(line))
    expect(await statusAt(endpoints[0]!.url)).toBe(401)
    parent.kill(signal)
    expect(await survivors(endpoints)).toEqual([])
  })
})
