import { describe, expect, test } from 'vitest'
import { compile } from '../../compiled-rules.ts'
import { judge } from '../../judge.ts'
import { type OperationName, operation } from '../../operation.ts'
import { at } from '../../time.ts'
import { RULES } from '../index.ts'

const COMPILED = compile(RULES)
const CODE = 'LeaseNotPresentWithBlobOperation'

/** What is found wrong with a refusal of an id where there is no lease. */
function faultsOf(name: OperationName, version: string, code: string | undefined): readonly string[] {
  const sent = operation(name, 'blob', { leaseId: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa' }, version)
  const answer = { status: 412, ...(code === undefined ? {} : { code }), headers: {} }
  const verdict = judge(COMPILED, {
    clock: { kind: 'virtual', drift: 0 },
    world: [
      { name: 'container', kind: 'container', condition: 'present' },
      { name: 'blob', kind: 'blob', parent: 'container', condition: 'present' },
    ],
    steps: [{ call: { do: name, on: 'blob' }, exchanges: [{ operation: sent, window: at(0), answer }] }],
  })
  return verdict.steps.flatMap(({ divergences }) => divergences.map(({ field, observed }) => `${field} ${observed}`))
}

describe('an answer to HEAD has room for a code from version 2017-07-29 on', () => {
  test.each([
    ['2009-09-19', []],
    ['2012-02-12', []],
    ['2016-05-31', []],
    ['2017-07-29', ['code none']],
    ['2023-11-03', ['code none']],
  ])('%s', (version, faults) => {
    expect(faultsOf('getBlobProperties', version, undefined)).toEqual(faults)
    expect(faultsOf('getBlobProperties', version, CODE)).toEqual([])
  })
})

test.each(['2009-09-19', '2016-05-31', '2017-07-29'])(
  'version %s tells the code in the body of every other answer',
  (version) => {
    expect(faultsOf('getBlob', version, undefined)).toEqual(['code none'])
    expect(faultsOf('getBlob', version, CODE)).toEqual([])
    expect(faultsOf('getBlob', version, 'LeaseLost')).toEqual(['code LeaseLost'])
  },
)
