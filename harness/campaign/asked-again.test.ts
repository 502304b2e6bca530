import { describe, expect, test } from 'vitest'
import { operation } from '../../model/operation.ts'
import { at } from '../../model/time.ts'
import type { Answer, Exchange } from '../../model/trace.ts'
import type { Performed } from '../drivers/driver.ts'
import { askedAgain } from './asked-again.ts'

const NEVER = new AbortController().signal
const asked = operation('acquire', 'blob')
const client: NonNullable<Performed['client']> = { asked, returned: { kind: 'returned', headers: {} } }

/** Performs a step so that it is answered one after the other. */
function answering(...answers: readonly (Pick<Answer, 'status' | 'code'> | undefined)[]) {
  let place = 0
  return async (): Promise<Performed> => {
    const answer = answers[place]
    return { exchanges: [exchange(answer && { ...answer, headers: {} }, place++)], client }
  }
}

function exchange(answer: Answer | undefined, ms: number): Exchange {
  return { operation: asked, window: at(ms), answer }
}

describe('a step on a server that is not ours', () => {
  test('is asked again where the server was too busy, and every request stands in the trace', async () => {
    const perform = answering({ status: 503, code: 'ServerBusy' }, { status: 429 }, { status: 201 })
    expect(await askedAgain(perform, NEVER, false)).toEqual({
      refused: [exchange(undefined, 0), exchange(undefined, 1)],
      exchanges: [exchange({ status: 201, headers: {} }, 2)],
      client,
    })
  })

  test('is asked once where it was answered, or never', async () => {
    for (const answer of [
      { status: 409, code: 'LeaseAlreadyPresent' },
      { status: 500, code: 'InternalError' },
      undefined,
    ])
      expect(await askedAgain(answering(answer, { status: 599 }), NEVER, false)).toEqual({
        exchanges: [exchange(answer && { ...answer, headers: {} }, 0)],
        client,
      })
  })

  test.each<[Pick<Answer, 'status' | 'code'>, boolean]>([
    [{ status: 500, code: 'OperationTimedOut' }, false],
    [{ status: 500, code: 'InternalError' }, true],
    [{ status: 504 }, false],
  ])('has an unknown outcome after %o, and nobody is judged by it', async (answer, isRealService) => {
    expect(await askedAgain(answering(answer), NEVER, isRealService)).toEqual({ exchanges: [exchange(undefined, 0)] })
  })

  test('is not asked again once the run is to end', async () => {
    const stop = new AbortController()
    const perform = answering({ status: 503 }, { status: 201 })
    const asking = askedAgain(() => perform().finally(() => stop.abort(new Error('interrupted'))), stop.signal, false)
    await expect(asking).rejects.toThrow('interrupted')
  })
})
