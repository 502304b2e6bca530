import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type OperationHeaders, type OperationName, operation } from '../../model/operation.ts'
import { WORLDS } from '../../model/usual-worlds.ts'
import { realNames } from '../campaign/real-names.ts'
import { clientDriver } from '../drivers/clients/client-driver.ts'
import type { Driver } from '../drivers/driver.ts'
import { lineLibrary } from '../drivers/protocol/line-library.ts'
import { pythonCommand } from '../drivers/python/python-set-up.ts'
import { startReference } from '../targets/reference.ts'
import type { Endpoint } from '../targets/target.ts'
import { type Figure, quantity } from './figure.ts'
import { median } from './median.ts'

/** Pairs of a pass through the driver and a bare pass, one after the other, so that both meet the machine in the same moods. */
const PAIRS = 3
const WORKERS = 16
const ROUNDS = 25
const LEASE_ID = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
/** What a round does, in the bare loop and through the driver. */
const ROUND: readonly (readonly [OperationName, OperationHeaders])[] = [
  ['acquire', { proposedLeaseId: LEASE_ID, duration: '15' }],
  ['getBlobProperties', { leaseId: LEASE_ID }],
  ['release', { leaseId: LEASE_ID }],
]
const CALLS = WORKERS * ROUNDS * ROUND.length
const BARE_LOOP = join(import.meta.dirname, 'bare_loop.py')

/** How fast the Python drivers are, with the tap, beside a bare loop of the same client on the same server. */
export async function pythonRateFigures(): Promise<readonly Figure[]> {
  if (process.env.LEASECHECK_PYTHON === undefined) {
    return [{ name: 'rate of the Python drivers', notMeasured: 'LEASECHECK_PYTHON names no Python that has the SDK' }]
  }
  return [await rateOf('python'), await rateOf('python-aio')]
}

async function rateOf(name: 'python' | 'python-aio'): Promise<Figure> {
  const aio = name === 'python-aio'
  const command = await pythonCommand({ aio, offline: true, onProgress: () => {} })
  const target = await startReference({ processes: 1 })
  const library = await lineLibrary(command)
  const endpoint = target.endpoints[0]!
  const driver = clientDriver({ endpoint, apiVersion: '2023-11-03' }, library)
  const [throughMs, bareMs]: [number[], number[]] = [[], []]
  try {
    await pass(driver, `${name}-warm`)
    for (let pair = 1; pair <= PAIRS; pair++) {
      throughMs.push(await pass(driver, `${name}-${pair}`))
      bareMs.push(await barePass(command.command, endpoint, aio))
    }
  } finally {
    await driver.close()
    await library.close()
    await target.close()
  }
  const ratios = throughMs.map((ms, i) => quantity((bareMs[i]! / ms) * 100, '%'))
  const rate = (ms: readonly number[]) => quantity((CALLS * 1000) / median(ms), '/s')
  return {
    name: `rate of --driver ${name} with the tap, of that of a bare loop of the same client`,
    value: (median(bareMs) / median(throughMs)) * 100,
    unit: '%',
    bar: { atLeast: 80 },
    notes: [
      `driver ${rate(throughMs)}, bare loop ${rate(bareMs)}: ${CALLS} calls, ${WORKERS} at once, reference server in a process of its own`,
      `medians of ${PAIRS} passes each, in turn (pair by pair ${ratios.join(', ')})`,
    ],
  }
}

/** How long the calls take through the driver. */
async function pass(driver: Driver, base: string): Promise<number> {
  const world = WORLDS.blob!
  const prepared = await Promise.all(
    Array.from({ length: WORKERS }, (_, i) => driver.prepare(world, realNames(world, `${base}-${i}`), undefined)),
  )
  const beganMs = performance.now()
  await Promise.all(
    prepared.map(async ({ names }) => {
      for (let round = 0; round < ROUNDS; round++) {
        for (const [name, headers] of ROUND) {
          const { client } = await driver.performStep(operation(name, 'blob', headers), 'blob', names, undefined)
          if (client?.returned.kind !== 'returned') throw new Error(`${name} was refused, so nothing was measured`)
        }
      }
      await driver.forget(names)
    }),
  )
  return performance.now() - beganMs
}

async function barePass(python: string, { url, credential }: Endpoint, aio: boolean): Promise<number> {
  if (credential.by !== 'key') throw new Error('the reference server has a key')
  const args = [BARE_LOOP, url, credential.key, String(WORKERS), String(ROUNDS), ...(aio ? ['--aio'] : [])]
  const { stdout } = await promisify(execFile)(python, args)
  return Number(stdout) * 1000
}
