import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operation } from '../../model/index.ts'
import { type Driver, restDriver } from '../drivers/rest.ts'
import { startAzurite } from '../targets/azurite.ts'
import type { Target } from '../targets/target.ts'
import { CLOCK_HEADER, NOW_HEADER } from './headers.ts'

const PRELOAD = new URL('./preload.ts', import.meta.url).href
const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const START_MS = Date.UTC(2030, 0, 1)

/** Runs a script under the preload and gives what it printed as JSON. */
async function under(script: string): Promise<unknown> {
  const node = ['--no-warnings', '--import', PRELOAD, '--input-type=module', '--eval', script]
  const { stdout } = await promisify(execFile)(process.execPath, node)
  return JSON.parse(stdout)
}

/** What a server sees while it serves a request at `START_MS`, and around it. */
const SERVER = `
import http from 'node:http'
const seen = {}
const realBefore = Date.now()
const server = http.createServer(async (request, response) => {
  const path = request.url.slice(1)
  class Later extends Date { plusOne() { return this.getTime() + 1 } }
  await new Promise((resolve) => setTimeout(resolve, 5))
  seen[path] = {
    now: Date.now(), made: new Date().getTime(), text: Date(), later: new Later().plusOne(), laterIsDate: new Later() instanceof Date,
  }
  response.end()
})
server.listen(0, '127.0.0.1', async () => {
  const url = 'http://127.0.0.1:' + server.address().port
  const ask = async (path, headers) => (await fetch(url + '/' + path, { headers })).headers.get('${CLOCK_HEADER}')
  const [told, untold, nonsense] = await Promise.all([
    ask('told', { '${NOW_HEADER}': '${START_MS}' }), ask('untold', {}), ask('nonsense', { '${NOW_HEADER}': 'soon' }),
  ])
  const realAfter = Date.now()
  const real = (ms) => ms >= realBefore && ms <= realAfter
  console.log(JSON.stringify({ seen, told, untold, nonsense, untoldReal: real(seen.untold.now), nonsenseReal: real(seen.nonsense.made) }))
  process.exit()
})`

describe('the wrapped Date', () => {
  test('serves each request at its own instant, and others at real time', async () => {
    const { seen, ...rest } = (await under(SERVER)) as { seen: Record<string, unknown> }
    expect(seen.told).toEqual({
      now: START_MS,
      made: START_MS,
      text: new Date(START_MS).toString(),
      later: START_MS + 1,
      laterIsDate: true,
    })
    expect(rest).toEqual({
      told: String(START_MS),
      untold: null,
      nonsense: null,
      untoldReal: true,
      nonsenseReal: true,
    })
  })

  test('is a Date in every other respect', async () => {
    const checks = await under(`
      import { statSync } from 'node:fs'
      class Sub extends Date {}
      const fixed = new Date(2020, 0, 2, 3)
      console.log(JSON.stringify({
        fromMs: new Date(5).getTime() === 5,
        fromText: new Date('2020-01-01T00:00:00Z').toISOString() === '2020-01-01T00:00:00.000Z',
        fromParts: fixed.getFullYear() === 2020 && fixed.getHours() === 3,
        fromDate: new Date(new Date(7)).getTime() === 7,
        fromUndefined: Number.isNaN(new Date(undefined).getTime()),
        utc: Date.UTC(1970, 0, 1) === 0,
        parse: Date.parse('1970-01-01T00:00:00Z') === 0,
        shape: Date.name === 'Date' && Date.length === 7 && typeof Date() === 'string',
        instance: fixed instanceof Date && fixed.constructor === Date && Object.prototype.toString.call(fixed) === '[object Date]',
        nodesOwn: statSync('.').mtime instanceof Date,
        clone: structuredClone(fixed) instanceof Date,
        subclass: new Sub() instanceof Sub && new Sub(3) instanceof Date && new Sub(3).getTime() === 3,
        json: JSON.stringify(new Date(0)) === '"1970-01-01T00:00:00.000Z"',
      }))`)
    expect(Object.entries(checks as object).filter(([, holds]) => !holds)).toEqual([])
  })
})

describe('Azurite on virtual time', () => {
  let target: Target
  let driver: Driver
  beforeAll(async () => {
    target = await startAzurite({ processes: 1 })
    driver = restDriver({ endpoint: target.endpoints[0]!, apiVersion: '2025-11-05' })
  })
  afterAll(async () => {
    await driver.close()
    await target.close()
  })

  test('a lease of 15 s is leased at +14,999 ms and expired at +15,000 ms', async () => {
    const names = new Map([['box', 'clockbox']])
    await driver.prepare([{ name: 'box', kind: 'container', condition: 'present' }], names, START_MS)
    const acquire = operation('acquire', 'box', { duration: '15', proposedLeaseId: A })
    await driver.perform(acquire, 'container', names, START_MS)
    const stateAt = async (instant: number) => {
      const read = operation('getContainerProperties', 'box')
      return (await driver.perform(read, 'container', names, instant)).answer?.headers['x-ms-lease-state']
    }
    expect(await stateAt(START_MS + 14_999)).toBe('leased')
    expect(await stateAt(START_MS + 15_000)).toBe('expired')
  })

  test('a request that carries no instant is served at real time', async () => {
    const names = new Map([['box', 'realbox']])
    await driver.prepare([{ name: 'box', kind: 'container', condition: 'present' }], names, undefined)
    const read = await driver.perform(operation('getContainerProperties', 'box'), 'container', names, undefined)
    const modifiedMs = Date.parse(read.answer!.headers['last-modified']!)
    expect(Math.abs(Date.now() - modifiedMs)).toBeLessThan(60_000)
    expect(read.window.earliestMs).toBeLessThanOrEqual(read.window.latestMs)
  })
})
