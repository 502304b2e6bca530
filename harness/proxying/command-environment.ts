import type { Endpoint } from '../targets/target.ts'

/** Where the services are reached, and what they are asked with. */
export interface Reached {
  readonly endpoint: Endpoint
  readonly blobUrl: string | undefined
  readonly fileUrl: string | undefined
  /** What clients sign with; undefined where they need no key. */
  readonly key: string | undefined
}

/**
 * What a program needs to know to send its requests through the proxy: the variables that Azure's tools and SDK tests read, and
 * ours. Undefined is what must not be there, since it would lead past the proxy or contradict the rest.
 */
export function environmentFor(reached: Reached): Readonly<Record<string, string | undefined>> {
  const { endpoint, blobUrl, fileUrl, key } = reached
  const { credential, account } = endpoint
  return {
    AZURE_STORAGE_CONNECTION_STRING: connectionString(reached),
    AZURE_STORAGE_ACCOUNT: account,
    AZURE_STORAGE_KEY: key,
    AZURE_STORAGE_SAS_TOKEN: credential.by === 'sas' ? credential.sas.query : undefined,
    AZURE_STORAGE_BLOB_ENDPOINT: blobUrl,
    AZURE_STORAGE_FILE_ENDPOINT: fileUrl,
    LEASECHECK_BLOB_ENDPOINT: blobUrl,
    LEASECHECK_FILE_ENDPOINT: fileUrl,
  }
}

/** Undefined where there is nothing to prove: a connection string without a credential is none. Source: "Configure Azure Storage connection strings". */
function connectionString({ endpoint: { credential, account }, blobUrl, fileUrl, key }: Reached): string | undefined {
  const endpoints = [
    ...(blobUrl === undefined ? [] : [`BlobEndpoint=${blobUrl}`]),
    ...(fileUrl === undefined ? [] : [`FileEndpoint=${fileUrl}`]),
  ]
  if (credential.by === 'sas') return [...endpoints, `SharedAccessSignature=${credential.sas.query}`].join(';')
  if (key === undefined) return undefined
  return ['DefaultEndpointsProtocol=http', `AccountName=${account}`, `AccountKey=${key}`, ...endpoints].join(';')
}

/** The same as lines for a shell. */
export function exportLines(environment: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(environment)
    .map(([name, value]) =>
      value === undefined ? `unset ${name}` : `export ${name}='${value.replaceAll("'", "'\\''")}'`,
    )
    .join('\n')
}
