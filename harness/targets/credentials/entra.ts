import { createRequire } from 'node:module'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import type { TokenSource } from './credential.ts'

type Identity = typeof import('@azure/identity')

/**
 * Signs in as `DefaultAzureCredential` of `@azure/identity` does: by environment variables, a managed or workload identity,
 * or the Azure CLI. Nothing is asked of it until a token is needed.
 * @param places files whose folders are looked in for the package, in turn.
 * @throws UsageError that says what to install.
 */
export function entraTokens(places = [join(process.cwd(), 'package.json'), import.meta.url]): TokenSource {
  for (const place of places) {
    try {
      const { DefaultAzureCredential } = createRequire(place)('@azure/identity') as Identity
      return new DefaultAzureCredential()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  throw new UsageError(
    'a token of Microsoft Entra ID needs @azure/identity, which is not installed; run: npm install --save-dev @azure/identity',
  )
}
