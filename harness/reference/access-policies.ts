import { type Refusal, refusal } from './answer.ts'
import type { AccessPolicy } from './authorization/sas-token.ts'
import { elementsIn, readXml, textIn } from './read-xml.ts'
import { element } from './xml.ts'

const ROOT = 'SignedIdentifiers'
const MOST_POLICIES = 5
const MOST_ID_CHARACTERS = 64

/** Reads the body of Set Container ACL or Set Share ACL; no body at all removes all policies. */
export function readPolicies(body: Buffer): readonly AccessPolicy[] | Refusal {
  if (body.length === 0) return []
  const root = readXml(body, ROOT)
  if (root === undefined) return refusal(400, 'InvalidXmlDocument')
  const policies = elementsIn(root, 'SignedIdentifier').map((identifier) => {
    const [policy = ''] = elementsIn(identifier, 'AccessPolicy')
    const id = textIn(identifier, 'Id')
    return {
      id,
      start: textIn(policy, 'Start'),
      expiry: textIn(policy, 'Expiry'),
      permissions: textIn(policy, 'Permission'),
    }
  })
  const areDates = policies.every(({ start, expiry }) => isDateOrEmpty(start) && isDateOrEmpty(expiry))
  const areNamed = policies.every(({ id }) => id !== '' && id.length <= MOST_ID_CHARACTERS)
  return areDates && areNamed && policies.length <= MOST_POLICIES ? policies : refusal(400, 'InvalidXmlDocument')
}

export function policiesElement(policies: readonly AccessPolicy[]): string {
  const all = policies.map(
    ({ id, start, expiry, permissions }) =>
      `<SignedIdentifier>${element('Id', id)}<AccessPolicy>${optional('Start', start)}${optional('Expiry', expiry)}${optional('Permission', permissions)}</AccessPolicy></SignedIdentifier>`,
  )
  return `<${ROOT}>${all.join('')}</${ROOT}>`
}

function optional(name: string, text: string): string {
  return text === '' ? '' : element(name, text)
}

function isDateOrEmpty(text: string): boolean {
  return text === '' || !Number.isNaN(Date.parse(text))
}
