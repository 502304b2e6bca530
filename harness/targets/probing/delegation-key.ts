import { type DelegationKey, delegationKeyInfo, readDelegationKey } from '../credentials/user-delegation.ts'
import type { Endpoint } from '../target.ts'
import { askOnce } from './ask-once.ts'
import { codeIn } from './probe.ts'

/** The first version that gives such keys. Source: Get User Delegation Key. */
const SINCE = '2018-11-09'

/** Asks the blob service for a key to sign with; without one, why not. Source: Get User Delegation Key. */
export async function askDelegationKey(
  endpoint: Endpoint,
  apiVersion: string,
): Promise<{ readonly key?: DelegationKey | undefined; readonly refusal?: string }> {
  const answer = await askOnce(endpoint, 'blob', {
    method: 'POST',
    path: '/',
    parameters: [
      ['restype', 'service'],
      ['comp', 'userdelegationkey'],
    ],
    apiVersion: apiVersion < SINCE ? SINCE : apiVersion,
    headers: ['content-type', 'application/xml'],
    body: delegationKeyInfo(Date.now()),
  })
  if (answer.failed !== undefined) return { refusal: answer.failed.message }
  const key = answer.status === 200 ? readDelegationKey(answer.body) : undefined
  return key === undefined ? { refusal: `${answer.status} ${codeIn(answer) ?? ''}`.trim() } : { key }
}
