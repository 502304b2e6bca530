import type { Service } from '../../../model/resource.ts'
import type { Endpoint } from '../../targets/target.ts'
import type { ClientLibrary } from '../clients/client-library.ts'
import { TappedService } from '../clients/tapped-service.ts'

/** A client library with the tap between it and the server, for calls whose requests and answers get lost. */
export interface LosingClient {
  readonly library: ClientLibrary
  readonly services: Readonly<Record<Service, TappedService | undefined>>
  close(): Promise<void>
}

/** @param library is closed with the client */
export function losingClient(library: ClientLibrary, endpoint: Endpoint): LosingClient {
  const options = { endpoint, apiVersion: library.apiVersion }
  const { url, fileUrl } = endpoint
  const services = {
    blob: new TappedService('blob', url, options, library),
    file: fileUrl === undefined ? undefined : new TappedService('file', fileUrl, options, library),
  }
  return {
    library,
    services,
    async close() {
      await library.close()
      await Promise.all([services.blob.close(), services.file?.close()])
    },
  }
}
