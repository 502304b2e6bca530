import { TargetError, UsageError } from '../../errors.ts'
import type { TokenSource } from './credential.ts'

/** What tokens are asked for: everything in Azure Storage that whoever asks may do. */
export const STORAGE_SCOPE = 'https://storage.azure.com/.default'
/** So long before a token runs out the next one is fetched; requests that are under way still have it. */
const REFRESH_MS = 5 * 60_000
/** A source that gives tokens which are almost spent is not asked for each request. */
const RETRY_MS = 10_000

/** Keeps a token that is good, fetching the next before it runs out. */
export class FreshToken {
  readonly #tokens: TokenSource
  #token = ''
  #refreshAfterMs = 0
  #fetching: Promise<void> | undefined

  constructor(tokens: TokenSource) {
    this.#tokens = tokens
  }

  /** Undefined if the token is good; else settles when it is. Whoever comes meanwhile waits for the same fetch. */
  prepare(): Promise<void> | undefined {
    if (Date.now() < this.#refreshAfterMs) return undefined
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined
    })
    return this.#fetching
  }

  get text(): string {
    return this.#token
  }

  /** @throws TargetError with the first line of the reason only: the rest tells of each way in which it was tried to sign in. */
  async #fetch(): Promise<void> {
    const found = await this.#tokens.getToken(STORAGE_SCOPE).catch((error: Error) => {
      if (error instanceof UsageError) throw error
      throw new TargetError(
        `Microsoft Entra ID gave no token: ${error.message.split('\n')[0]}; sign in (az login), or set AZURE_TENANT_ID, AZURE_CLIENT_ID and what goes with them`,
      )
    })
    if (found === null) throw new TargetError('Microsoft Entra ID gave no token; sign in (az login) and try again')
    this.#token = found.token
    this.#refreshAfterMs = Math.max(found.expiresOnTimestamp - REFRESH_MS, Date.now() + RETRY_MS)
  }
}
