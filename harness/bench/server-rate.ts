import { readToken } from '../../model/notation.ts'
import type { Scenario } from '../../model/scenario.ts'
import { inOrder } from '../campaign/in-order.ts'
import { DEFAULT_API_VERSION } from '../cli/options.ts'
import { Session } from '../cli/session.ts'
import { startAzurite } from '../targets/azurite.ts'
import { startReference } from '../targets/reference.ts'
import type { Target } from '../targets/target.ts'
import { bareLoop, renamed } from './bare-loop.ts'
import { type Figure, quantity } from './figure.ts'
import { IN_FLIGHT, keptOpen } from './harness-pass.ts'
import { median } from './median.ts'
import { cpuSecondsOf } from './process-cpu.ts'
import { benchPrefix, type RecordedExchange } from './recorded-exchange.ts'
import { recorded } from './recorder.ts'

/** Pairs of passes, one after the other, so that both servers meet the machine in the same moods; one more pair warms up. */
const PAIRS = 3
const SCENARIOS = 64
const ROUNDS = 6
const TIMES_AZURITE = 2
const GOAL_PER_SECOND = 5_000

/** What a holder does with a lease, and a look at it: both servers answer all of it alike. */
const ROUND = (read: string) =>
  `acquire,proposed=A,duration=15/renew,id=A/${read}/change,id=A,proposed=B/release,id=B/acquire,proposed=A,duration=60/break,period=10/wait,deadline+1000ms/${read}`

interface Server extends Target {
  readonly pids: readonly number[]
}

/** What one server took for all requests of a pass. */
interface Pass {
  readonly wallSeconds: number
  /** Of the server alone; undefined where the system does not tell. */
  readonly cpuSeconds: number | undefined
  /** How many answers had the status that was recorded. */
  readonly alike: number
}

/** How many lease requests a second the reference server answers, and Azurite the same ones: a process each, on virtual time. */
export async function serverRateFigures(): Promise<readonly Figure[]> {
  const servers: Server[] = []
  try {
    const azurite = await startAzurite({ processes: 1 })
    servers.push(azurite)
    const reference = await startReference()
    servers.push(reference)
    const exchanges = await recorded(() => played(azurite, scenarios()))
    const passes: (readonly [reference: Pass, azurite: Pass])[] = []
    for (let pair = 0; pair <= PAIRS; pair++) {
      const both = [
        await passOn(reference, exchanges, `r${pair}`),
        await passOn(azurite, exchanges, `a${pair}`),
      ] as const
      if (pair > 0) passes.push(both)
    }
    return figuresOf(passes, exchanges.filter(isTimed).length)
  } finally {
    await Promise.all(servers.map((server) => server.close()))
  }
}

function scenarios(): readonly Scenario[] {
  const [blob, container] = [
    ['blob', 'getBlobProperties'],
    ['container', 'getContainerProperties'],
  ].map(([kind, read]) => scenarioOf(`lc1/${kind}/${Array(ROUNDS).fill(ROUND(read!)).join('/')}`))
  return Array.from({ length: SCENARIOS }, (_, i) => (i % 2 === 0 ? blob! : container!))
}

function scenarioOf(token: string): Scenario {
  const read = readToken(token)
  if ('error' in read) throw new Error(read.error)
  return read.scenario
}

/** Plays each once, and judges nothing but that it can be played. */
async function played(target: Target, all: readonly Scenario[]): Promise<void> {
  const session = new Session(keptOpen(target), DEFAULT_API_VERSION, benchPrefix('0'))
  for await (const _ of inOrder(all, IN_FLIGHT, session.play));
  await session.close()
}

/** What is created first is not what is measured. */
function isTimed({ method, path }: RecordedExchange): boolean {
  return method !== 'PUT' || path.includes('comp=lease')
}

async function passOn(server: Server, exchanges: readonly RecordedExchange[], pass: string): Promise<Pass> {
  const endpoint = server.endpoints[0]!
  const { origin } = new URL(endpoint.url)
  const requests = (some: readonly RecordedExchange[]) =>
    renamed(
      some.map((exchange) => ({ ...exchange, origin })),
      endpoint,
      '0',
      pass,
    )
  const timed = requests(exchanges.filter(isTimed))
  await bareLoop(requests(exchanges.filter((exchange) => !isTimed(exchange))))
  const cpuBefore = cpuSecondsOf(server.pids[0]!)
  const beganMs = performance.now()
  const alike = await bareLoop(timed)
  const wallSeconds = (performance.now() - beganMs) / 1000
  const cpuAfter = cpuSecondsOf(server.pids[0]!)
  const cpuSeconds = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore
  return { wallSeconds, cpuSeconds, alike }
}

function figuresOf(pairs: readonly (readonly [reference: Pass, azurite: Pass])[], requests: number): readonly Figure[] {
  const alike = pairs.flat().reduce((sum, pass) => sum + pass.alike, 0) / (2 * pairs.length * requests)
  const how = [
    `medians of ${PAIRS} passes each, in turn, warmed up; ${requests} signed requests a pass, on virtual time: acquire, renew, change, release, break and reads, of blobs and containers`,
    `${quantity(100 * alike, '%')} of the answers had the status that was recorded`,
  ]
  const compared = (name: string, secondsOf: (pass: Pass) => number, more: readonly string[]): Figure => {
    const rateOf = (pass: Pass) => requests / secondsOf(pass)
    const [reference, azurite] = [
      median(pairs.map(([one]) => rateOf(one))),
      median(pairs.map(([, two]) => rateOf(two))),
    ]
    const times = pairs.map(([one, two]) => quantity(rateOf(one) / rateOf(two), 'times'))
    return {
      name: `reference server: lease requests per ${name}, by one process`,
      value: reference,
      unit: '/s',
      bar: { atLeast: TIMES_AZURITE * azurite },
      notes: [
        `the bar is ${TIMES_AZURITE} times Azurite's ${quantity(azurite, '/s')} in the same run; pair by pair ${times.join(', ')}`,
        `goal ${quantity(GOAL_PER_SECOND, '/s')}: ${reference >= GOAL_PER_SECOND ? 'reached' : 'not reached'}`,
        ...more,
      ],
    }
  }
  const cpuName = 'second of server CPU'
  const cpu: Figure = pairs.flat().some(({ cpuSeconds }) => cpuSeconds === undefined)
    ? { name: `reference server: lease requests per ${cpuName}`, notMeasured: 'this system has no /proc' }
    : compared(cpuName, ({ cpuSeconds }) => cpuSeconds!, [
        'which is what it answers on a core of its own: all threads, user and system',
        ...how,
      ])
  const wall = compared('wall second', ({ wallSeconds }) => wallSeconds, [
    'the client takes its part of the same machine, so this says less than the figure above',
  ])
  return [cpu, wall]
}
