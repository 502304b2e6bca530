import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RETRIES } from '../../../reports/retries.ts'
import { startReference } from '../../targets/reference.ts'
import type { Target } from '../../targets/target.ts'
import type { ClientLibrary } from '../clients/client-library.ts'
import { jsLibrary } from '../js/js-library.ts'
import { loadSdk } from '../js/packages.ts'
import { type Experiment, experimentText } from './experiment.ts'
import { experimentEntry } from './experiment-entry.ts'
import { EXPERIMENTS } from './experiments.ts'
import type { PlayedExperiment } from './play-experiment.ts'
import { retryDivergences } from './retry-divergences.ts'
import { experimentsFor, runExperiments } from './run-experiments.ts'

let target: Target
beforeAll(async () => {
  target = await startReference({ processes: 1 })
})
afterAll(() => target.close())

const sdk = () => jsLibrary(loadSdk())
let runs = 0

/** The experiments that have all these words, with a library. */
async function made(words: readonly string[], startLibrary: () => Promise<ClientLibrary> = sdk) {
  const chosen = EXPERIMENTS.filter((each) => words.every((word) => experimentText(each).includes(word)))
  return runExperiments(experimentsFor(await startLibrary(), chosen), {
    endpoint: target.endpoints[0]!,
    clock: { kind: 'virtual', drift: 0 },
    prefix: `lost${runs++}`,
    startLibrary,
    signal: new AbortController().signal,
    progress: () => {},
  })
}

function told(played: readonly PlayedExperiment[]): readonly string[] {
  return played.map((each) => {
    const { tries, ended, after, surprise } = experimentEntry(each)
    const asked = tries.map(({ lost = 'heard', answered }) => `${lost} ${answered?.status ?? '-'}`)
    return [asked.join(', '), ended.with === 'result' ? 'result' : ended.because, after.state, surprise].join('; ')
  })
}

test('a release whose answer was lost is told as a refusal, since the SDK asks again', async () => {
  expect(told(await made(['blob release', 'leased by us', 'is lost default']))).toEqual([
    'request -, heard 200; result; available; ',
    'answer 200, heard 409; service; available; refused though done',
    'half 200, heard 409; service; available; refused though done',
  ])
  expect(told(await made(['blob release', 'leased by us', 'none']))).toEqual([
    'request -; connection; leased; ',
    'answer 200; connection; available; unknown though done',
    'half 200; connection; available; unknown though done',
  ])
})

test('the id that the SDK makes for an acquire is the same in each request', async () => {
  const [played] = await made(['share acquire,duration=-1 available the answer is lost default'])
  const { tries, remembered } = experimentEntry(played!)
  expect(tries.map(({ proposedLeaseId }) => proposedLeaseId)).toEqual(['own', 'own'])
  expect(remembered).toEqual({ before: 'own', after: 'own' })
})

test('reads go to the secondary, and nothing else does', async () => {
  const hosts = (played: readonly PlayedExperiment[]) =>
    played.map((each) => experimentEntry(each).tries.map(({ host }) => host))
  expect(hosts(await made(['share getShareProperties', 'to-secondary']))).toEqual(
    Array.from({ length: 2 }, () => ['primary', 'secondary']),
  )
  expect(hosts(await made(['share release', 'to-secondary']))).toEqual(
    Array.from({ length: 2 }, () => ['primary', 'primary']),
  )
})

test('neither server nor SDK does anything wrong without retries, and what is told fits the format', async () => {
  const played = await made(['file', 'none'])
  expect(played.length).toBeGreaterThan(30)
  const found = retryDivergences(played, [])
  expect(found.filter(({ level }) => level !== 'inferred')).toEqual([])
  const experiments = played.map(experimentEntry)
  expect(RETRIES.shape.experiments.parse(experiments)).toEqual(experiments)
})

describe('a client is told apart that', () => {
  /** The SDK with one thing changed about it. */
  const changed = (change: (library: ClientLibrary) => Partial<ClientLibrary>) => async () => {
    const library = await sdk()
    return { ...library, ...change(library) }
  }
  const rulesBroken = (played: readonly PlayedExperiment[]) => retryDivergences(played, []).map(({ rule }) => rule)
  const ACQUIRE: readonly string[] = ['blob acquire,proposed=A,duration=-1 available the answer is lost none']

  test('asks again though it was told not to', async () => {
    const start = changed((library) => ({ connect: (at) => library.connect({ ...at, retry: 'default' }) }))
    expect(rulesBroken(await made(ACQUIRE, start))).toEqual(['client.retries.none.acquire.requests'])
  })

  test('doubles an acquire with another id', async () => {
    const other = { handle: 1_000_000, id: 'dddddddd-dddd-4ddd-8ddd-dddddddddddd' }
    const start = changed((library) => ({
      async perform(call) {
        const first = await library.perform(call)
        if (call.call !== 'acquire' || first.raised?.because !== 'connection') return first
        return library.perform({ ...call, lease: other })
      },
    }))
    const experiment = ['blob acquire,proposed=A,duration=-1 available the answer is lost default']
    const noRetries = async () => {
      const library = await start()
      return {
        ...library,
        connect: (at: Parameters<ClientLibrary['connect']>[0]) => library.connect({ ...at, retry: 'none' }),
      }
    }
    expect(rulesBroken(await made(experiment, noRetries))).toContain('client.retries.default.acquire.request')
  })

  test('claims success though it heard nothing', async () => {
    const start = changed((library) => ({
      async perform(call) {
        const { raised, ...answer } = await library.perform(call)
        return raised === undefined ? answer : { ...answer, returned: {} }
      },
    }))
    expect(rulesBroken(await made(ACQUIRE, start))).toEqual(['client.blob.acquire.unheard.outcome'])
  })
})

test('every experiment is in words of its own', () => {
  const texts = EXPERIMENTS.map((each: Experiment) => experimentText(each))
  expect(new Set(texts).size).toBe(texts.length)
})
