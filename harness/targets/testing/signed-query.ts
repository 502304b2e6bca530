/** For tests: shared access signatures of the emulator's account, as queries. */
import { signedAccountSas, signedContainerSas } from '../credentials/signing-sas.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../emulator-account.ts'

const OWNER = { account: EMULATOR_ACCOUNT, key: EMULATOR_KEY }
const DAY_MS = 24 * 3_600_000

export interface AccountSasFields {
  readonly permissions?: string
  readonly resources?: string
  readonly services?: string
}

/** A signature of the account; default: everything, for a day. */
export function accountSas(fields: AccountSasFields = {}): string {
  const { permissions = 'rwdlacupt', resources = 'sco', services = 'bf' } = fields
  return signedAccountSas({ ...OWNER, permissions, resources, services, untilMs: Date.now() + DAY_MS }).query
}

/** A signature of one container, for a day. */
export function containerSas(container: string, permissions = 'racwdlt'): string {
  return signedContainerSas({ ...OWNER, container, permissions, untilMs: Date.now() + DAY_MS }).query
}
