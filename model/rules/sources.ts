/** Where our evidence comes from. Facts and figures only; nothing is quoted. */
export const SOURCES = {
  'lease-blob': {
    title: 'REST reference: Lease Blob',
    where: 'https://learn.microsoft.com/rest/api/storageservices/lease-blob',
  },
  'lease-container': {
    title: 'REST reference: Lease Container',
    where: 'https://learn.microsoft.com/rest/api/storageservices/lease-container',
  },
  'blob-error-codes': {
    title: 'REST reference: Blob service error codes',
    where: 'https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes',
  },
  'common-error-codes': {
    title: 'REST reference: Common REST API error codes',
    where: 'https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes',
  },
  'put-blob': {
    title: 'REST reference: Put Blob',
    where: 'https://learn.microsoft.com/rest/api/storageservices/put-blob',
  },
  'delete-container': {
    title: 'REST reference: Delete Container',
    where: 'https://learn.microsoft.com/rest/api/storageservices/delete-container',
  },
  'get-blob-properties': {
    title: 'REST reference: Get Blob Properties',
    where: 'https://learn.microsoft.com/rest/api/storageservices/get-blob-properties',
  },
  'list-blobs': {
    title: 'REST reference: List Blobs',
    where: 'https://learn.microsoft.com/rest/api/storageservices/list-blobs',
  },
  'net-v11-lease-tests': {
    title: 'Lease tests of the .NET v11 client (LeaseTests.cs), which ran against the live service',
    where: 'https://github.com/Azure/azure-storage-net/blob/d7f9712/Test/ClassLibraryCommon/Blob/LeaseTests.cs',
  },
  'cpp-v7-lease-tests': {
    title: 'Lease tests of the C++ v7 client (blob_lease_test.cpp), which ran against the live service',
    where:
      'https://github.com/Azure/azure-storage-cpp/blob/a94f027/Microsoft.WindowsAzure.Storage/tests/blob_lease_test.cpp',
  },
  'live-issues': {
    title: 'Live traces quoted in issues',
    where: 'https://github.com/Azure/Azurite/issues/1767',
  },
  'azure-sdk-for-go-577': {
    title: 'A live answer quoted in azure-sdk-for-go issue 577',
    where: 'https://github.com/Azure/azure-sdk-for-go/issues/577',
  },
  recordings: {
    title: 'HTTP sessions with the live service, recorded by the Azure SDK teams (2012 to 2023)',
    where: 'https://github.com/Azure/azure-sdk-assets',
  },
  reasoning: { title: 'Our own deduction', where: '' },
} as const satisfies Record<string, { title: string; where: string }>

export type SourceKey = keyof typeof SOURCES
