import { expect, test } from 'vitest'
import { startReference } from '../targets/reference.ts'
import { survive } from './testing/survival.ts'

test('whatever is sent ends in an answer that is no fault of the server, and changes nothing it may not', async () => {
  const target = await startReference()
  const { faults, changed, statuses } = await survive(target.endpoints[0]!, { requests: 1_600, bytes: 400, seed: 1 })
  await target.close()
  expect({ faults, changed }).toEqual({ faults: [], changed: [] })
  // Garbage that is refused at the door proves little: a part of it has to come through.
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 400, 401, 404, 412]))
})
