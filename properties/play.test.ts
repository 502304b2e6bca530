import { expect, test } from 'vitest'
import { compile } from '../model/compiled-rules.ts'
import { readToken } from '../model/notation.ts'
import { RULES } from '../model/rules/index.ts'
import { idOfName, type OperationStep, operationOf } from '../model/scenario.ts'
import { at } from '../model/time.ts'
import type { Answer, Exchange } from '../model/trace.ts'
import { nextRequest, startPlay, takeStep } from './play.ts'
import { simulate } from './simulation.ts'

const rules = compile(RULES)
const NOW_MS = Date.UTC(2030, 0, 1)

function scenario(token: string) {
  const read = readToken(token)
  if ('error' in read) throw new Error(read.error)
  return read.scenario
}

test('what is not for the type that a blob has by now is not sent', () => {
  const play = simulate(rules, rules, scenario('lc1/blob/putPageBlob/putBlockList/getBlobProperties'))
  expect(play.trace.map(({ exchanges }) => exchanges.length)).toEqual([1, 0, 1])
  expect(play.verdicts.flatMap(({ divergences }) => divergences)).toEqual([])
})

test.each<[string, Answer]>([
  ['did nothing', { status: 201, headers: { 'x-ms-lease-id': idOfName('A') } }],
  ['acted all the same', { status: 409, code: 'LeaseAlreadyPresent', headers: {} }],
])('a request that was refused as too many %s: neither is a divergence', (_, second) => {
  const play = startPlay(rules, scenario('lc1/blob/acquire,duration=15/getBlobProperties'), {
    clock: { kind: 'wall', drift: 0 },
    startMs: NOW_MS,
  })
  const request = nextRequest(play)!
  const exchange = (answer: Answer | undefined, atMs: number): Exchange => ({
    operation: operationOf(request.step as OperationStep, {}, 0),
    window: at(atMs),
    answer,
  })
  const refused = [exchange(undefined, NOW_MS)]
  const headers = second.status === 201 ? { ...second.headers, etag: '"1"', 'last-modified': 'now' } : {}
  const answered = exchange({ ...second, headers }, NOW_MS + 500)
  expect(takeStep(play, request, { refused, exchanges: [answered] })).toMatchObject({
    result: 'agreed',
    divergences: [],
  })
  // A client is not judged by what the server did not want to hear.
  expect(play.trace).toEqual([{ call: request.step, refused, exchanges: [answered] }])
})
