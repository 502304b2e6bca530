import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { isSignature, type Signed, signedTexts } from '../reference/authorization/shared-key.ts'

/** A request as a client has signed it. */
export interface Signable {
  readonly method: string
  /** Path and query. */
  readonly target: string
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[]
}

/** Knows an account's key: it tells what was signed with it, and signs it anew where an address changes on the way. */
export class KeyHolder {
  readonly #account: string
  readonly #key: KeyObject

  /** @param key base64 */
  constructor(account: string, key: string) {
    this.#account = account
    this.#key = createSecretKey(Buffer.from(key, 'base64'))
  }

  /** Whether a request carries a signature made with the key. */
  hasSigned(request: Signable): boolean {
    return this.#signatureOf(request) !== undefined
  }

  /**
   * The `authorization` header for a request that takes the place of a signed one: made by the scheme, and with the order of
   * headers, that its client took. Undefined if the client did not sign with the key.
   */
  signedAnew(request: Signable, instead: Signable): string | undefined {
    const made = this.#signatureOf(request)
    if (made === undefined) return undefined
    const text = signedTexts(signedIn(instead), this.#account, made.isLite)[made.variant]!
    const signature = createHmac('sha256', this.#key).update(text, 'utf8').digest('base64')
    return `SharedKey${made.isLite ? 'Lite' : ''} ${this.#account}:${signature}`
  }

  #signatureOf(request: Signable): { readonly isLite: boolean; readonly variant: number } | undefined {
    const signed = signedIn(request)
    const [, lite, account, signature] =
      /^SharedKey(Lite)? ([^:\s]+):(\S+)$/.exec(signed.headers.authorization ?? '') ?? []
    if (signature === undefined || account !== this.#account) return undefined
    const isLite = lite !== undefined
    const texts = signedTexts(signed, this.#account, isLite)
    const variant = texts.findIndex((text) => isSignature(signature, text, this.#key))
    return variant < 0 ? undefined : { isLite, variant }
  }
}

function signedIn({ method, target, rawHeaders }: Signable): Signed {
  const question = target.indexOf('?')
  const headers: Record<string, string> = {}
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase()
    const value = rawHeaders[i + 1]!.trim()
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`
  }
  return {
    method,
    path: question < 0 ? target : target.slice(0, question),
    query: new Map(new URLSearchParams(question < 0 ? '' : target.slice(question))),
    headers,
  }
}
