/** For tests: a container that nobody removes. */
import { operation } from '../../../model/operation.ts'
import { restDriver } from '../../drivers/rest.ts'
import type { Endpoint } from '../../targets/target.ts'

export async function leaveContainer(endpoint: Endpoint, name: string): Promise<void> {
  const driver = restDriver({ endpoint, apiVersion: '2023-11-03' })
  const names = new Map([['container', name]])
  const { answer } = await driver.perform(operation('createContainer', 'container'), 'container', names, undefined)
  await driver.close()
  if (answer?.status !== 201) throw new Error(`the container was not created: ${answer?.status}`)
}
