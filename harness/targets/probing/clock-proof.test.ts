import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Family } from '../../../model/resource.ts'
import { Session } from '../../cli/session.ts'
import { ClockError } from '../../errors.ts'
import { type EmptyServer, emptyServer } from '../../reference/testing/empty-server.ts'
import { openTarget } from '../open-target.ts'
import { proveClock } from './clock-proof.ts'
import { type AskedFor, type Bend, bentServer } from './testing/bent-server.ts'

const VERSION = '2023-11-03'

let server: EmptyServer
beforeAll(async () => {
  server = await emptyServer()
})
afterAll(() => server.close())

/** Asks the reference server, some requests to which go another way, for the proof. */
async function proof(bend: (asked: AskedFor) => Bend, families: readonly Family[] = ['blob', 'container']) {
  const bent = await bentServer(new URL(server.url).origin, bend)
  try {
    const options = { processes: 1, port: undefined, offline: true, clock: 'header', apiVersion: VERSION } as const
    const target = await openTarget(bent.url, { ...options, onProgress: () => {} })
    const session = new Session(target, VERSION, 'leasecheck-test')
    try {
      await proveClock(families, undefined, session.ask, 'here')
    } finally {
      await session.close()
    }
  } finally {
    bent.close()
  }
}

const isBlob = ({ path }: AskedFor) => path.split('/').length > 2
const isLease = ({ query }: AskedFor) => query.get('comp') === 'lease'

describe('the proof that a server keeps the time that it is told', () => {
  test('is given by one that does, in no time', async () => {
    const beganMs = performance.now()
    await proof(() => 'passes')
    expect(performance.now() - beganMs).toBeLessThan(5_000)
  })

  test('is not given by one that says so and does not', async () => {
    const refused = expect(proof(() => 'is served at the time of the server')).rejects
    await refused.toThrow(ClockError)
    await expect(proof(() => 'is served at the time of the server')).rejects.toThrow(
      /of a lease of 15 s it said leased at \+14 s and leased at \+16 s, where leased and expired are right/,
    )
  })

  test('is given by containers where blobs know no leases', async () => {
    await proof((asked) => (isBlob(asked) && isLease(asked) ? { status: 404 } : 'passes'))
  })

  test('is not given by one that knows no leases, nor by one that answers 201 to them and means something else', async () => {
    await expect(proof((asked) => (isLease(asked) ? { status: 405 } : 'passes'))).rejects.toThrow(
      /no lease of 15 s could be had \(blob: acquire was answered 405; container: acquire was answered 405\)/,
    )
    await expect(proof((asked) => (isLease(asked) ? { status: 201 } : 'passes'))).rejects.toThrow(ClockError)
  })
})
