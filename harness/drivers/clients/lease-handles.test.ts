import { describe, expect, test } from 'vitest'
import { type OperationHeaders, type OperationName, operation } from '../../../model/operation.ts'
import type { Exchange } from '../../../model/trace.ts'
import { LeaseHandles, noteAnswer } from './lease-handles.ts'

const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const B = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
const OWN = '11111111-1111-4111-8111-111111111111'

/** Handles that are never told what their clients remember. */
function numberedHandles() {
  let next = 0
  const handles = new LeaseHandles(() => next++)
  const handleFor = (name: OperationName, headers: OperationHeaders = {}) =>
    handles.handleFor(operation(name, 'it', headers))
  return { handles, handleFor }
}

function answered(name: OperationName, status: number, id: string, proposedLeaseId = id): Exchange {
  const answer = { status, headers: { 'x-ms-lease-id': id } }
  return { operation: operation(name, 'it', { proposedLeaseId }), window: { earliestMs: 0, latestMs: 0 }, answer }
}

describe('the handle for a step', () => {
  test('is the one that should remember the id, whatever it does remember', () => {
    const { handles, handleFor } = numberedHandles()
    const handle = handleFor('acquire', { proposedLeaseId: A })
    noteAnswer(handle, undefined, answered('acquire', 201, A))
    expect(handleFor('change', { leaseId: A, proposedLeaseId: B })).toBe(handle)
    noteAnswer(handle, undefined, answered('change', 200, B))
    expect(handleFor('renew', { leaseId: B })).toBe(handle)
    expect(handle.madeWith).toBe(A)
    expect(handles.numbers).toEqual([0])
  })

  test('is a new one for an id that none should remember, or for another spelling', () => {
    const { handleFor } = numberedHandles()
    const made = [
      handleFor('acquire', { proposedLeaseId: A }),
      handleFor('renew', { leaseId: B }),
      handleFor('renew', { leaseId: A.toUpperCase() }),
      handleFor('renew', { leaseId: 'not-a-guid' }),
      handleFor('acquire'),
    ]
    expect(made.map(({ madeWith }) => madeWith)).toEqual([A, B, A.toUpperCase(), 'not-a-guid', undefined])
    expect(made.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4])
  })

  test('is the newest for a break, which needs no id', () => {
    const { handleFor } = numberedHandles()
    handleFor('break')
    const second = handleFor('renew', { leaseId: B })
    expect(handleFor('break')).toBe(second)
  })

  test('is not one that was made with another spelling, whatever it was answered', () => {
    const { handleFor } = numberedHandles()
    const upper = handleFor('acquire', { proposedLeaseId: A.toUpperCase() })
    noteAnswer(upper, A.toUpperCase(), answered('acquire', 409, A))
    expect(handleFor('renew', { leaseId: A })).not.toBe(upper)
    const again = handleFor('acquire', { proposedLeaseId: B.toUpperCase() })
    noteAnswer(again, B.toUpperCase(), answered('acquire', 201, B, B.toUpperCase()))
    expect(handleFor('renew', { leaseId: B })).not.toBe(again)
  })

  test('is found by the id that its client made itself', () => {
    const { handleFor } = numberedHandles()
    const handle = handleFor('acquire')
    noteAnswer(handle, OWN, undefined)
    expect(handleFor('renew', { leaseId: OWN })).toBe(handle)
  })

  test('keeps its id where a change was refused', () => {
    const { handleFor } = numberedHandles()
    const handle = handleFor('change', { leaseId: A, proposedLeaseId: B })
    noteAnswer(handle, undefined, answered('change', 409, B))
    noteAnswer(handle, undefined, undefined)
    noteAnswer(handle, undefined, answered('renew', 200, B))
    expect(handleFor('renew', { leaseId: A })).toBe(handle)
  })
})
