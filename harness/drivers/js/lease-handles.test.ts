import { describe, expect, test } from 'vitest'
import { type OperationHeaders, type OperationName, operation } from '../../../model/operation.ts'
import type { Exchange } from '../../../model/trace.ts'
import { type LeaseClient, LeaseHandles, noteAnswer } from './lease-handles.ts'

const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const B = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
const OWN = '11111111-1111-4111-8111-111111111111'

/** Handles whose clients never learn another id than the one they were made with. */
function stubbornHandles() {
  const made: (string | undefined)[] = []
  const handles = new LeaseHandles((leaseId) => {
    made.push(leaseId)
    return { leaseId: leaseId ?? OWN } as LeaseClient
  })
  const handleFor = (name: OperationName, headers: OperationHeaders = {}) =>
    handles.handleFor(operation(name, 'it', headers))
  return { made, handleFor }
}

function answered(name: OperationName, status: number, id: string): Exchange {
  const answer = { status, headers: { 'x-ms-lease-id': id } }
  return { operation: operation(name, 'it'), window: { earliestMs: 0, latestMs: 0 }, answer }
}

describe('the handle for a step', () => {
  test('is the one that should remember the id, whatever it does remember', () => {
    const { made, handleFor } = stubbornHandles()
    const handle = handleFor('acquire', { proposedLeaseId: A })
    noteAnswer(handle, answered('acquire', 201, A))
    expect(handleFor('change', { leaseId: A, proposedLeaseId: B })).toBe(handle)
    noteAnswer(handle, answered('change', 200, B))
    expect(handleFor('renew', { leaseId: B })).toBe(handle)
    expect(handle.client.leaseId).toBe(A)
    expect(made).toEqual([A])
  })

  test('is a new one for an id that none should remember, or for another spelling', () => {
    const { made, handleFor } = stubbornHandles()
    handleFor('acquire', { proposedLeaseId: A })
    handleFor('renew', { leaseId: B })
    handleFor('renew', { leaseId: A.toUpperCase() })
    handleFor('renew', { leaseId: 'not-a-guid' })
    handleFor('acquire')
    expect(made).toEqual([A, B, A.toUpperCase(), 'not-a-guid', undefined])
  })

  test('is the newest for a break, which needs no id', () => {
    const { made, handleFor } = stubbornHandles()
    const first = handleFor('break')
    expect(first.client.leaseId).toBe(OWN)
    const second = handleFor('renew', { leaseId: B })
    expect(handleFor('break')).toBe(second)
    expect(made).toEqual([undefined, B])
  })

  test('keeps its id where a change was refused', () => {
    const { handleFor } = stubbornHandles()
    const handle = handleFor('change', { leaseId: A, proposedLeaseId: B })
    noteAnswer(handle, answered('change', 409, B))
    noteAnswer(handle, undefined)
    noteAnswer(handle, answered('renew', 200, B))
    expect(handleFor('renew', { leaseId: A })).toBe(handle)
  })
})
