import type { Driver } from '../drivers/driver.ts'
import { restDriver } from '../drivers/rest.ts'
import type { Credential } from '../targets/credentials/credential.ts'
import { signedAccountSas, signedContainerSas } from '../targets/credentials/signing-sas.ts'
import type { Endpoint } from '../targets/target.ts'
import type { AccessCase } from './access-case.ts'

/** Far enough for any instant of virtual time that such a check takes place at. */
const OPEN_MS = 24 * 3_600_000

/** Drivers that ask with signatures of one letter. A container's signature opens that container alone, so it has a driver of its own. */
export class AskingBySas {
  readonly #endpoint: Endpoint
  readonly #key: string
  readonly #apiVersion: string
  readonly #drivers = new Map<string, Driver>()

  /** @param key the account key, base64, which signs. */
  constructor(endpoint: Endpoint, key: string, apiVersion: string) {
    this.#endpoint = endpoint
    this.#key = key
    this.#apiVersion = apiVersion
  }

  readonly driverFor = ({ rule, letter }: AccessCase, container: string): Driver => {
    const name = rule.scope === 'account' ? letter : `${letter} ${container}`
    const made = this.#drivers.get(name) ?? this.#open({ by: 'sas', sas: this.#sas(rule.scope, letter, container) })
    this.#drivers.set(name, made)
    return made
  }

  async close(): Promise<void> {
    await Promise.all([...this.#drivers.values()].map((driver) => driver.close()))
  }

  #open(credential: Credential): Driver {
    return restDriver({ endpoint: { ...this.#endpoint, credential }, apiVersion: this.#apiVersion, maxConnections: 4 })
  }

  #sas(scope: AccessCase['rule']['scope'], permissions: string, container: string) {
    const { account } = this.#endpoint
    const terms = { account, key: this.#key, permissions, untilMs: Date.now() + OPEN_MS }
    return scope === 'account'
      ? signedAccountSas({ ...terms, resources: 'sco', services: 'bf' })
      : signedContainerSas({ ...terms, container })
  }
}
