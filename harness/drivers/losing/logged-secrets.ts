import { WORLDS } from '../../../model/usual-worlds.ts'
import { subjectOf } from '../../../model/world.ts'
import type { DriverCredential } from '../../../reports/driver-protocol.ts'
import type { LoggingReport } from '../../../reports/retries.ts'
import { realNames } from '../../campaign/real-names.ts'
import { UsageError } from '../../errors.ts'
import type { Endpoint } from '../../targets/target.ts'
import type { Hearing } from '../choose-driver.ts'
import type { ClientLibrary } from '../clients/client-library.ts'
import { placeOf } from '../clients/place.ts'
import { realNameIn } from '../real-name.ts'
import { restDriver } from '../rest.ts'
import { losingClient } from './losing-client.ts'

const CALLS = ['getBlobProperties', 'acquire', 'renew', 'release'] as const
const ID = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const SIGNATURE = 'bGVhc2VjaGVja+ZlaWduZWQ/c2lnbmF0dXJlCg=='
const TOKEN = 'leasecheck.feigned.token'
const EXPIRES_MS = 24 * 60 * 60 * 1000

/** A credential to log about, and what of it is secret. Those that open nothing are refused, and logged all the same. */
interface Disguise {
  readonly name: string
  readonly credential: DriverCredential
  readonly secrets: readonly string[]
}

/**
 * Calls a library that logs all that it can, and looks for secrets in what it writes to standard error: the account key, the
 * signature of a SAS, a token, and the signatures that the tap saw in Authorization headers.
 * @param start starts the library; its log is heard until it is closed
 * @throws UsageError without an account key; what the library throws
 */
export async function loggedSecrets(
  start: (hearing: Hearing) => Promise<ClientLibrary>,
  endpoint: Endpoint,
  prefix: string,
  instant: number | undefined,
): Promise<LoggingReport> {
  if (endpoint.credential.by !== 'key')
    throw new UsageError('what a library logs is looked at with an account key only')
  let log = ''
  const heard = (text: string) => {
    log += text
  }
  const library = await start({ heard })
  const client = losingClient(library, endpoint)
  const rest = restDriver({ endpoint, apiVersion: library.apiVersion })
  const secrets = new Map<string, string>()
  let calls = 0
  try {
    const world = WORLDS.blob!
    const { names } = await rest.prepare(world, realNames(world, `${prefix}-log`), instant)
    const { name, kind } = subjectOf(world)
    const place = placeOf(kind, realNameIn(names, name))
    for (const { name: what, credential, secrets: own } of disguises(endpoint.credential.key)) {
      for (const secret of own) secrets.set(secret, what)
      const tapPort = await client.services.blob!.lease()
      const port = await client.services.blob!.connectAs(tapPort, { retry: 'none', logging: true, credential })
      tapPort.arm({ instant })
      const lease = { handle: library.nextHandle(), id: ID }
      for (const call of CALLS) {
        const asked = call === 'acquire' ? { proposedLeaseId: ID, duration: 60 } : {}
        await library.perform({
          port,
          kind,
          call,
          place,
          arguments: asked,
          ...(call === 'getBlobProperties' ? {} : { lease }),
        })
        calls++
      }
      for (const { request } of await tapPort.take())
        for (const secret of signaturesIn(request.headers.authorization))
          secrets.set(secret, 'a signature of a request')
      library.forget([lease.handle])
      await client.services.blob!.giveBack(tapPort)
    }
  } finally {
    await client.close()
    await rest.close()
  }
  // Whoever percent-encodes may do it in small letters.
  const lower = log.toLowerCase()
  const found = new Set([...secrets].flatMap(([secret, what]) => (lower.includes(secret.toLowerCase()) ? [what] : [])))
  return { calls, characters: log.length, secrets: [...found] }
}

function disguises(key: string): readonly Disguise[] {
  const sas = `sv=2023-11-03&ss=bf&srt=sco&sp=rwdlc&se=2099-01-01T00%3A00%3A00Z&sig=${encodeURIComponent(SIGNATURE)}`
  const expiresOn = Math.floor((Date.now() + EXPIRES_MS) / 1000)
  return [
    { name: 'the account key', credential: { by: 'key', key }, secrets: [key] },
    {
      name: 'the signature of a SAS',
      credential: { by: 'sas', sas },
      secrets: [SIGNATURE, encodeURIComponent(SIGNATURE)],
    },
    { name: 'a token', credential: { by: 'token', token: TOKEN, expiresOn }, secrets: [TOKEN] },
  ]
}

/** What of an Authorization header nobody else may have. */
function signaturesIn(authorization: string | undefined): readonly string[] {
  const signature = authorization?.split(/[: ]/).at(-1)
  return signature === undefined || signature === '' ? [] : [signature]
}
