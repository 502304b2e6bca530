import { writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { AccessToken } from '../credentials/credential.ts'

/** For tests: a token as Microsoft Entra ID makes them, which nobody has signed. */
export function unsignedToken(more: Readonly<Record<string, unknown>> = {}): AccessToken {
  const now = Math.floor(Date.now() / 1000)
  const expires = now + 6 * 3600
  const claims = {
    aud: 'https://storage.azure.com',
    iss: 'https://sts.windows.net/ab1f708d-50f6-404c-a006-d71b2ac7a606/',
    iat: now - 60,
    nbf: now - 60,
    exp: expires,
    oid: '11059fcc-5514-4800-b5f8-49808b9cfab6',
    tid: 'ab1f708d-50f6-404c-a006-d71b2ac7a606',
    ...more,
  }
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = `${part({ typ: 'JWT', alg: 'RS256' })}.${part(claims)}.${Buffer.from('nobody signed it').toString('base64url')}`
  return { token, expiresOnTimestamp: expires * 1000 }
}

/**
 * For tests: puts a command `az` that gives a token into a folder, as the Azure CLI does for whoever is signed in.
 * @returns the environment in which `DefaultAzureCredential` asks it
 */
export function signedIn({ token, expiresOnTimestamp }: AccessToken, folder: string): NodeJS.ProcessEnv {
  const seconds = Math.floor(expiresOnTimestamp / 1000)
  const answer = JSON.stringify({ accessToken: token, expires_on: seconds, tokenType: 'Bearer' })
  writeFileSync(join(folder, 'az'), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 })
  return { AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential', PATH: `${folder}${delimiter}${process.env.PATH}` }
}
