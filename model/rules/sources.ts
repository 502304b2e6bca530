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
  'delete-blob': {
    title: 'REST reference: Delete Blob',
    where: 'https://learn.microsoft.com/rest/api/storageservices/delete-blob',
  },
  'put-block': {
    title: 'REST reference: Put Block',
    where: 'https://learn.microsoft.com/rest/api/storageservices/put-block',
  },
  'get-block-list': {
    title: 'REST reference: Get Block List',
    where: 'https://learn.microsoft.com/rest/api/storageservices/get-block-list',
  },
  'snapshot-blob': {
    title: 'REST reference: Snapshot Blob',
    where: 'https://learn.microsoft.com/rest/api/storageservices/snapshot-blob',
  },
  'copy-blob': {
    title: 'REST reference: Copy Blob',
    where: 'https://learn.microsoft.com/rest/api/storageservices/copy-blob',
  },
  'abort-copy-blob': {
    title: 'REST reference: Abort Copy Blob',
    where: 'https://learn.microsoft.com/rest/api/storageservices/abort-copy-blob',
  },
  'set-blob-tags': {
    title: 'REST reference: Set Blob Tags',
    where: 'https://learn.microsoft.com/rest/api/storageservices/set-blob-tags',
  },
  'set-blob-tier': {
    title: 'REST reference: Set Blob Tier',
    where: 'https://learn.microsoft.com/rest/api/storageservices/set-blob-tier',
  },
  'undelete-blob': {
    title: 'REST reference: Undelete Blob',
    where: 'https://learn.microsoft.com/rest/api/storageservices/undelete-blob',
  },
  'list-containers': {
    title: 'REST reference: List Containers',
    where: 'https://learn.microsoft.com/rest/api/storageservices/list-containers2',
  },
  'create-container': {
    title: 'REST reference: Create Container',
    where: 'https://learn.microsoft.com/rest/api/storageservices/create-container',
  },
  'append-blob-seal': {
    title: 'REST reference: Append Blob Seal',
    where: 'https://learn.microsoft.com/rest/api/storageservices/append-blob-seal',
  },
  'storage-services': {
    title: 'REST reference: Azure Storage services',
    where: 'https://learn.microsoft.com/rest/api/storageservices/',
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
  'azurite-2751': {
    title: 'Answers of the live service quoted in Azurite issue 2751',
    where: 'https://github.com/Azure/Azurite/issues/2751',
  },
  'azure-sdk-for-go-577': {
    title: 'A live answer quoted in azure-sdk-for-go issue 577',
    where: 'https://github.com/Azure/azure-sdk-for-go/issues/577',
  },
  'js-blob-lease-client': {
    title: 'JavaScript reference: BlobLeaseClient',
    where: 'https://learn.microsoft.com/javascript/api/@azure/storage-blob/blobleaseclient',
  },
  'js-blob-lease': {
    title: 'JavaScript reference: Lease, the result of a lease operation on a blob or container',
    where: 'https://learn.microsoft.com/javascript/api/@azure/storage-blob/lease',
  },
  'js-blob-package': {
    title: 'JavaScript reference: @azure/storage-blob, its clients and their results',
    where: 'https://learn.microsoft.com/javascript/api/@azure/storage-blob',
  },
  'js-share-lease-client': {
    title: 'JavaScript reference: ShareLeaseClient',
    where: 'https://learn.microsoft.com/javascript/api/@azure/storage-file-share/shareleaseclient',
  },
  'js-share-lease': {
    title: 'JavaScript reference: LeaseOperationResponseHeaders, the result of a lease operation on a share or file',
    where: 'https://learn.microsoft.com/javascript/api/@azure/storage-file-share/leaseoperationresponseheaders',
  },
  'js-file-share-package': {
    title: 'JavaScript reference: @azure/storage-file-share, its clients and their results',
    where: 'https://learn.microsoft.com/javascript/api/@azure/storage-file-share',
  },
  'js-response': {
    title: 'JavaScript reference: WithResponse, what every result carries of its HTTP response',
    where: 'https://learn.microsoft.com/javascript/api/@azure/storage-blob/withresponse',
  },
  'js-rest-error': {
    title: 'JavaScript reference: RestError',
    where: 'https://learn.microsoft.com/javascript/api/@azure/core-rest-pipeline/resterror',
  },
  'js-retry-options': {
    title: 'JavaScript reference: StorageRetryOptions',
    where: 'https://learn.microsoft.com/javascript/api/@azure/storage-blob/storageretryoptions',
  },
  'lease-share': {
    title: 'REST reference: Lease Share',
    where: 'https://learn.microsoft.com/rest/api/storageservices/lease-share',
  },
  'lease-file': {
    title: 'REST reference: Lease File',
    where: 'https://learn.microsoft.com/rest/api/storageservices/lease-file',
  },
  'file-error-codes': {
    title: 'REST reference: File service error codes',
    where: 'https://learn.microsoft.com/rest/api/storageservices/file-service-error-codes',
  },
  'create-share': {
    title: 'REST reference: Create Share',
    where: 'https://learn.microsoft.com/rest/api/storageservices/create-share',
  },
  'delete-share': {
    title: 'REST reference: Delete Share',
    where: 'https://learn.microsoft.com/rest/api/storageservices/delete-share',
  },
  'snapshot-share': {
    title: 'REST reference: Snapshot Share',
    where: 'https://learn.microsoft.com/rest/api/storageservices/snapshot-share',
  },
  'get-share-properties': {
    title: 'REST reference: Get Share Properties',
    where: 'https://learn.microsoft.com/rest/api/storageservices/get-share-properties',
  },
  'list-shares': {
    title: 'REST reference: List Shares',
    where: 'https://learn.microsoft.com/rest/api/storageservices/list-shares',
  },
  'get-file-properties': {
    title: 'REST reference: Get File Properties',
    where: 'https://learn.microsoft.com/rest/api/storageservices/get-file-properties',
  },
  'create-file': {
    title: 'REST reference: Create File',
    where: 'https://learn.microsoft.com/rest/api/storageservices/create-file',
  },
  'copy-file': {
    title: 'REST reference: Copy File',
    where: 'https://learn.microsoft.com/rest/api/storageservices/copy-file',
  },
  'rename-file': {
    title: 'REST reference: Rename File',
    where: 'https://learn.microsoft.com/rest/api/storageservices/rename-file',
  },
  'cpp-v7-file-tests': {
    title: 'File tests of the C++ v7 client (cloud_file_test.cpp), which ran against the live service',
    where:
      'https://github.com/Azure/azure-storage-cpp/blob/a94f027/Microsoft.WindowsAzure.Storage/tests/cloud_file_test.cpp',
  },
  'net-v12-share-tests': {
    title: 'Share tests of the .NET v12 client (ShareClientTests.cs), which ran against the live service',
    where:
      'https://github.com/Azure/azure-sdk-for-net/blob/main/sdk/storage/Azure.Storage.Files.Shares/tests/ShareClientTests.cs',
  },
  'conditional-headers': {
    title: 'REST reference: Specifying conditional headers for Blob service operations',
    where:
      'https://learn.microsoft.com/rest/api/storageservices/specifying-conditional-headers-for-blob-service-operations',
  },
  'version-2012-02-12': {
    title: 'REST reference: Version 2012-02-12',
    where: 'https://learn.microsoft.com/rest/api/storageservices/version-2012-02-12',
  },
  'java-blob-lease-tests': {
    title: 'Lease tests of the Java client for blobs (LeaseAPITest.groovy), which ran against the live service',
    where:
      'https://github.com/Azure/azure-sdk-for-java/blob/72eddd0/sdk/storage/azure-storage-blob/src/test/java/com/azure/storage/blob/specialized/LeaseAPITest.groovy',
  },
  'java-share-lease-tests': {
    title: 'Lease tests of the Java client for shares (LeaseAPITest.groovy), which ran against the live service',
    where:
      'https://github.com/Azure/azure-sdk-for-java/blob/553cd60/sdk/storage/azure-storage-file-share/src/test/java/com/azure/storage/file/share/specialized/LeaseAPITest.groovy',
  },
  'python-container-lease-guide': {
    title: 'Guide: Create and manage container leases with Python',
    where: 'https://learn.microsoft.com/azure/storage/blobs/storage-blob-container-lease-python',
  },
  'dotnet-blob-lease-guide': {
    title: 'Guide: Create and manage blob leases with .NET',
    where: 'https://learn.microsoft.com/azure/storage/blobs/storage-blob-lease',
  },
  'concurrency-guide': {
    title: 'Guide: Managing concurrency in Blob storage',
    where: 'https://learn.microsoft.com/azure/storage/blobs/concurrency-manage',
  },
  'share-lease-summary': {
    title: 'tessl.io: ShareLeaseClient of the Python package azure-storage-file-share, a summary by a third party',
    where: 'https://tessl.io/registry/tessl/pypi-azure-storage-file-share/12.22.0/files/docs/lease-client.md',
  },
  'python-blob-lease-client': {
    title: 'Python reference: BlobLeaseClient',
    where: 'https://learn.microsoft.com/python/api/azure-storage-blob/azure.storage.blob.blobleaseclient',
  },
  'python-share-lease-client': {
    title: 'Python reference: ShareLeaseClient',
    where: 'https://learn.microsoft.com/python/api/azure-storage-file-share/azure.storage.fileshare.shareleaseclient',
  },
  'python-blob-package': {
    title: 'Python reference: azure-storage-blob, its README and clients',
    where: 'https://learn.microsoft.com/python/api/overview/azure/storage-blob-readme',
  },
  'python-file-share-package': {
    title: 'Python reference: azure-storage-file-share, its README and clients',
    where: 'https://learn.microsoft.com/python/api/overview/azure/storage-file-share-readme',
  },
  'python-exceptions': {
    title: 'Python reference: azure.core.exceptions',
    where: 'https://learn.microsoft.com/python/api/azure-core/azure.core.exceptions',
  },
  'python-retry': {
    title: 'Python reference: ExponentialRetry',
    where: 'https://learn.microsoft.com/python/api/azure-storage-blob/azure.storage.blob.exponentialretry',
  },
  'go-blob-lease': {
    title: 'Go reference: azblob/lease',
    where: 'https://pkg.go.dev/github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/lease',
  },
  'go-file-lease': {
    title: 'Go reference: azfile/lease',
    where: 'https://pkg.go.dev/github.com/Azure/azure-sdk-for-go/sdk/storage/azfile/lease',
  },
  'go-blob-package': {
    title: 'Go reference: azblob',
    where: 'https://pkg.go.dev/github.com/Azure/azure-sdk-for-go/sdk/storage/azblob',
  },
  'go-file-package': {
    title: 'Go reference: azfile',
    where: 'https://pkg.go.dev/github.com/Azure/azure-sdk-for-go/sdk/storage/azfile',
  },
  'go-response-error': {
    title: 'Go reference: azcore.ResponseError',
    where: 'https://pkg.go.dev/github.com/Azure/azure-sdk-for-go/sdk/azcore#ResponseError',
  },
  'go-retry-options': {
    title: 'Go reference: policy.RetryOptions',
    where: 'https://pkg.go.dev/github.com/Azure/azure-sdk-for-go/sdk/azcore/policy#RetryOptions',
  },
  'go-log-options': {
    title: 'Go reference: policy.LogOptions',
    where: 'https://pkg.go.dev/github.com/Azure/azure-sdk-for-go/sdk/azcore/policy#LogOptions',
  },
  'js-log-options': {
    title: 'JavaScript reference: LogPolicyOptions',
    where: 'https://learn.microsoft.com/javascript/api/@azure/core-rest-pipeline/logpolicyoptions',
  },
  'http-incomplete': {
    title: 'RFC 9112, section 8: Handling Incomplete Messages',
    where: 'https://www.rfc-editor.org/rfc/rfc9112#section-8',
  },
  'storage-redundancy': {
    title: 'Guide: Azure Storage redundancy',
    where: 'https://learn.microsoft.com/azure/storage/common/storage-redundancy',
  },
  'dotnet-blob-lease-client': {
    title: '.NET reference: BlobLeaseClient',
    where: 'https://learn.microsoft.com/dotnet/api/azure.storage.blobs.specialized.blobleaseclient',
  },
  'dotnet-share-lease-client': {
    title: '.NET reference: ShareLeaseClient',
    where: 'https://learn.microsoft.com/dotnet/api/azure.storage.files.shares.specialized.shareleaseclient',
  },
  'java-blob-lease-client': {
    title: 'Java reference: BlobLeaseClient',
    where: 'https://learn.microsoft.com/java/api/com.azure.storage.blob.specialized.blobleaseclient',
  },
  'java-blob-lease-client-builder': {
    title: 'Java reference: BlobLeaseClientBuilder',
    where: 'https://learn.microsoft.com/java/api/com.azure.storage.blob.specialized.blobleaseclientbuilder',
  },
  'java-share-lease-client': {
    title: 'Java reference: ShareLeaseClient',
    where: 'https://learn.microsoft.com/java/api/com.azure.storage.file.share.specialized.shareleaseclient',
  },
  'java-share-break-lease-options': {
    title: 'Java reference: ShareBreakLeaseOptions',
    where: 'https://learn.microsoft.com/java/api/com.azure.storage.file.share.options.sharebreakleaseoptions',
  },
  'cpp-share-lease-client': {
    title: 'C++ reference: ShareLeaseClient',
    where:
      'https://azuresdkdocs.z19.web.core.windows.net/cpp/azure-storage-files-shares/12.13.0/share__lease__client_8hpp_source.html',
  },
  'file-swagger': {
    title: 'OpenAPI description of the File service, version 2025-05-05',
    where:
      'https://github.com/Azure/azure-rest-api-specs/tree/main/specification/storage/data-plane/Microsoft.FileStorage',
  },
  'blob-swagger': {
    title: 'OpenAPI description of the Blob service, version 2021-10-04, as Azurite carries it',
    where: 'https://github.com/Azure/Azurite/blob/main/swagger/blob-storage-2021-10-04.json',
  },
  'file-shares-lease': {
    title: 'REST reference: File Shares - Lease, of the storage resource provider',
    where: 'https://learn.microsoft.com/rest/api/storagerp/file-shares/lease',
  },
  'set-share-metadata': {
    title: 'REST reference: Set Share Metadata',
    where: 'https://learn.microsoft.com/rest/api/storageservices/set-share-metadata',
  },
  'create-directory': {
    title: 'REST reference: Create Directory',
    where: 'https://learn.microsoft.com/rest/api/storageservices/create-directory',
  },
  'create-account-sas': {
    title: 'REST reference: Create an account SAS',
    where: 'https://learn.microsoft.com/rest/api/storageservices/create-account-sas',
  },
  'create-service-sas': {
    title: 'REST reference: Create a service SAS',
    where: 'https://learn.microsoft.com/rest/api/storageservices/create-service-sas',
  },
  'managing-file-locks': {
    title: 'REST reference: Managing file locks',
    where: 'https://learn.microsoft.com/rest/api/storageservices/managing-file-locks',
  },
  recordings: {
    title: 'HTTP sessions with the live service, recorded by the Azure SDK teams (2012 to 2023)',
    where: 'https://github.com/Azure/azure-sdk-assets',
  },
  reasoning: { title: 'Our own deduction', where: '' },
} as const satisfies Record<string, { title: string; where: string }>

export type SourceKey = keyof typeof SOURCES
