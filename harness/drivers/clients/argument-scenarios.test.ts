import { expect, test } from 'vitest'
import { tokenOf } from '../../../model/notation.ts'
import type { CallTable } from '../../../reports/driver-protocol.ts'
import { argumentScenarios } from './argument-scenarios.ts'

const CALLS: CallTable = {
  'blob.change': { leaseId: 'required', proposedLeaseId: 'required', conditions: ['if-match'] },
  'share.break': {},
  putPageFromUrl: { source: 'required', leaseId: 'optional', conditions: ['x-ms-if-tags'] },
  deleteShare: { leaseId: 'optional', snapshots: ['include'] },
  createContainer: { conditions: ['if-none-match'] },
}

test('each argument of each call is given, a condition that does not hold before one that does', () => {
  const scenarios = argumentScenarios(CALLS, [])
  expect(scenarios.map(tokenOf)).toEqual([
    'lc1/blob/acquire,proposed=A,duration=-1/change,id=A,proposed=A,if=if-match:other/change,id=A,proposed=A,if=if-match:current',
    'lc1/page-blob-and-source/acquire,proposed=A,duration=-1/putPageFromUrl,id=A,source=source',
    'lc1/page-blob-and-source/putPageFromUrl,if=x-ms-if-tags:unmet,source=source/putPageFromUrl,if=x-ms-if-tags:met,source=source',
    'lc1/share/acquire,proposed=A,duration=-1/deleteShare,id=A',
    'lc1/share/deleteShare,snapshots=include',
    'lc1/container-absent/createContainer,if=if-none-match:current/createContainer,if=if-none-match:other',
  ])
  expect(argumentScenarios(CALLS, scenarios)).toEqual([])
  expect(argumentScenarios(CALLS, scenarios.slice(1))).toEqual(scenarios.slice(0, 1))
})
