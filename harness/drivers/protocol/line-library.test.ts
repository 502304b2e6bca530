import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { DriverError, UsageError } from '../../errors.ts'
import type { ClientCall, ClientLibrary } from '../clients/client-library.ts'
import { LIMITS } from './driver-process.ts'
import { lineLibrary } from './line-library.ts'

const FAKE = fileURLToPath(new URL('./testing/fake-driver.ts', import.meta.url))
/** A busy machine may start a program slowly; only tests of a limit have a short one. */
const PATIENT = { ...LIMITS, helloMs: 50_000, callMs: 50_000 }
const GONE_LIMIT_MS = 5_000

const opened: ClientLibrary[] = []
let heard = ''
afterEach(async () => {
  for (const library of opened.splice(0)) await library.close()
  await untilGone()
  heard = ''
})

async function open(behaviour: string, limits: Partial<typeof LIMITS> = {}): Promise<ClientLibrary> {
  const library = await lineLibrary(
    { command: process.execPath, args: [FAKE, behaviour] },
    { ...PATIENT, ...limits },
    (text) => {
      heard = (heard + text).slice(0, 1_000)
    },
  )
  opened.push(library)
  return library
}

/** Every process that a fake has named, itself included, has to be gone after a test, whatever it did. */
async function untilGone(): Promise<void> {
  const limitMs = performance.now() + GONE_LIMIT_MS
  for (const [, pid] of heard.matchAll(/^pid ([0-9]+)$/gm)) {
    while (isAlive(Number(pid))) {
      if (performance.now() > limitMs) throw new Error(`process ${pid} is left`)
      await sleep(10)
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const CALL: ClientCall = { port: 1, kind: 'blob', call: 'acquire', place: {}, arguments: { duration: 15 } }

describe('a driver that works', () => {
  test('says who it is', async () => {
    const { name, versions, apiVersion, numbers, calls } = await open('right')
    expect({ name, versions, apiVersion, numbers }).toEqual({
      name: 'fake',
      versions: 'nothing 0.0.0, no language 1.0',
      apiVersion: '2023-11-03',
      numbers: 'int32',
    })
    expect(Object.keys(calls)).toEqual(['blob.acquire', 'putBlob'])
  })

  test('is asked again and again', async () => {
    const library = await open('right')
    await library.connect({
      port: 1,
      service: 'blob',
      url: 'http://127.0.0.1:1/account',
      account: 'account',
      credential: { by: 'none' },
      retry: 'none',
    })
    for (let round = 0; round < 3; round++) expect(await library.perform(CALL)).toEqual({ returned: {} })
    library.forget([1])
    expect(await library.perform(CALL)).toEqual({ returned: {} })
  })

  test('may answer in any order, and is asked no more at once than it said', async () => {
    const library = await open('answers in another order')
    const answers = await Promise.all(Array.from({ length: 8 }, () => library.perform(CALL)))
    // Hello was the first message.
    expect(answers.map(({ returned }) => returned?.etag)).toEqual(Array.from({ length: 8 }, (_, i) => `of ${i + 2}`))
  })

  test('may write its lines in pieces and with the ends of Windows', async () => {
    expect(await (await open('answers in pieces')).perform(CALL)).toEqual({ returned: { etag: 'ä€😀' } })
  })

  test('may write as much as it likes to standard error', async () => {
    expect(await (await open('writes megabytes to standard error')).perform(CALL)).toEqual({ returned: {} })
  })
})

const lastWords = (words: string) => new RegExp(`\nits last words:\n(?:.*\n)*.*${words}`)

describe('a driver that cannot be used is refused', () => {
  const refusals: readonly (readonly [
    behaviour: string,
    error: typeof UsageError | typeof DriverError,
    says: RegExp,
  ])[] = [
    ['crashes at the start', DriverError, /^the driver ended with exit status 7\nits last words:\n {2}.*\n {2}Module/],
    ['ends early', DriverError, /^the driver ended with exit status 0/],
    ['writes what is no JSON', DriverError, /^the driver wrote a line that is no answer: "Welcome to my driver!"; /],
    ['says hello in another shape', DriverError, /answered "hello" with .*not as the protocol has it: apiVersion: /],
    ['speaks an older protocol', UsageError, /^driver fake speaks version 0 of .* version 1: take a newer driver$/],
    ['speaks a newer protocol', UsageError, /^the driver speaks version 2 of .* 1: take a newer leasecheck$/],
    ['has no calls', UsageError, /^driver fake can be asked for nothing/],
    ['has calls that nobody knows', UsageError, /does not know: blob\.acquier, uploadBlob; .* such as blob\.acquire/],
  ]
  test.each(refusals)('%s', async (behaviour, error, says) => {
    const refused = await open(behaviour).catch((reason: Error) => reason)
    expect(refused).toBeInstanceOf(error)
    expect((refused as Error).message).toMatch(says)
  })

  test('hangs at hello', async () => {
    await expect(open('hangs at hello', { helloMs: 300 })).rejects.toThrow(
      /^the driver did not answer "hello" within 0.3 s; does it flush/,
    )
  })

  test('a command that is not there, for a shell and without one', async () => {
    const missing = { command: 'leasecheck-no-such-command' }
    for (const command of [missing, { ...missing, shell: true } as const]) {
      const refused = await lineLibrary(command).catch((reason: Error) => reason)
      expect(refused).toBeInstanceOf(UsageError)
      expect((refused as Error).message).toMatch(/^the driver could not be started: leasecheck-no-such-command \(/)
    }
  })
})

describe('a driver that fails in a call ends the run', () => {
  const failures: readonly (readonly [behaviour: string, says: RegExp])[] = [
    ['crashes in a call', /^the driver ended with exit status 1\nits last words:\n(?:.*\n)*.*the SDK is broken/],
    ['dies in the middle of a line', /^the driver ended with signal SIGKILL/],
    ['writes JSON that is no object', /^the driver wrote a line that is no answer: "42"/],
    ['answers without a number', /^the driver wrote a line that is no answer: /],
    ['answers another number', /^the driver answered 999, which nobody waits for/],
    ['answers in another shape', /^the driver answered "call" of acquire on a blob with .*: returned\.etag: /],
    ['misspells a field', /which is not as the protocol has it: .*"retruned"/],
    ['does not say how it ended', /which is not as the protocol has it: .*either returned or raised/],
    ['says that it ended both ways', /which is not as the protocol has it: .*either returned or raised/],
    ['writes without an end of line', /^the driver wrote more than 1,000,000 characters without an end of line/],
    ['gives up', /^the driver gave up on "call" of acquire on a blob: there is no disk space/],
  ]
  test.each(failures)('%s', async (behaviour, says) => {
    const library = await open(behaviour)
    // All that are under way fail, and whoever asks later.
    const together = await Promise.allSettled([library.perform(CALL), library.perform(CALL), library.perform(CALL)])
    const later = await Promise.allSettled([library.perform(CALL)])
    const reasons = [...together, ...later].map((each) => (each.status === 'rejected' ? each.reason : undefined))
    expect(new Set(reasons).size).toBe(1)
    expect(reasons[0]).toBeInstanceOf(DriverError)
    expect(reasons[0].message).toMatch(says)
    expect(reasons[0].message).toMatch(lastWords('pid [0-9]+'))
  })

  test('answers twice', async () => {
    const library = await open('answers twice')
    await library.perform(CALL)
    await expect(library.perform(CALL)).rejects.toThrow(/^the driver answered 2, which nobody waits for/)
  })

  test.each(['hangs in a call', 'stops reading', 'closes its output'])('%s', async (behaviour) => {
    const library = await open(behaviour, { callMs: 300 })
    // More than a pipe holds, so that it is full.
    const long = { ...CALL, place: { blob: 'x'.repeat(1_000_000) } }
    await expect(library.perform(long)).rejects.toThrow(
      /^the driver did not answer "call" of acquire on a blob within 0.3 s/,
    )
  })
})

describe('nothing of a driver is left', () => {
  test('if it ignores that it is to end', async () => {
    const library = await open('ignores the end', { endMs: 100 })
    expect(await library.perform(CALL)).toEqual({ returned: {} })
    await library.close()
    await untilGone()
  })

  test('if it has started others', async () => {
    const library = await open('leaves a process behind')
    expect(heard.match(/^pid/gm)).toHaveLength(2)
    await library.close()
    await untilGone()
  })

  test('if it hangs while the run is to end', async () => {
    const library = await open('hangs in a call', { hurriedMs: 100 })
    const hanging = library.perform(CALL)
    const failed = expect(hanging).rejects.toThrow(/^the driver did not answer/)
    // The message goes out first.
    await sleep(0)
    library.hurry?.()
    await failed
    await library.close()
    await untilGone()
  })
})
