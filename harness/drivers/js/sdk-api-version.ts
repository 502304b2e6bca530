import type { ServiceVersion } from '../../../model/service-version.ts'
import type { BlobPackage } from './packages.ts'

/** Stops a request that was only made to be looked at. */
class Seen extends Error {}

/** The REST version that the SDK asks for. No export says it, so a request is made and looked at, and never sent. */
export async function sdkApiVersion({ BlobServiceClient, newPipeline }: BlobPackage): Promise<ServiceVersion> {
  let version: string | undefined
  const httpClient = {
    sendRequest(request: { readonly headers: { get(name: string): string | undefined } }): Promise<never> {
      version = request.headers.get('x-ms-version')
      return Promise.reject(new Seen())
    },
  }
  const pipeline = newPipeline(undefined, { httpClient, retryOptions: { maxTries: 1 } })
  await new BlobServiceClient('http://127.0.0.1/account', pipeline).getProperties().catch(() => {})
  if (version === undefined) throw new Error('the SDK made no request that names a version')
  return version
}
