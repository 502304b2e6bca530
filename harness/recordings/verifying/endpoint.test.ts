import { expect, test } from 'vitest'
import { endpointOf } from './endpoint.ts'

function told(url: string, server?: string): string {
  const endpoint = endpointOf(new URL(url), server === undefined ? {} : { server })
  return endpoint.is === 'storage' ? `${endpoint.service} ${endpoint.account}${endpoint.basePath}` : endpoint.is
}

test.each([
  ['https://ours.blob.core.windows.net/c/b', 'blob ours.blob.core.windows.net/'],
  ['https://ours.z01.blob.storage.azure.net/c', 'blob ours.z01.blob.storage.azure.net/'],
  ['https://REDACTED.file.core.chinacloudapi.cn/s?restype=share', 'file redacted.file.core.chinacloudapi.cn/'],
  ['http://127.0.0.1:10000/devstoreaccount1/c/b', 'blob 127.0.0.1/devstoreaccount1/devstoreaccount1'],
  ['http://localhost:9999/acct/s?restype=share', 'file localhost/acct/acct'],
  ['http://127.0.0.1:10001/devstoreaccount1/queue', 'elsewhere'],
  ['https://sanitized.example/c?restype=container', 'blob sanitized.example/'],
  ['https://sanitized.example/c/b?comp=block', 'elsewhere'],
  ['https://ours-secondary.blob.core.windows.net/c', 'secondary'],
  ['https://ours.dfs.core.windows.net/fs/path', 'hierarchical'],
  ['https://ours.queue.core.windows.net/q', 'elsewhere'],
  ['https://login.microsoftonline.com/token', 'elsewhere'],
])('%s', (url, endpoint) => {
  expect(told(url)).toBe(endpoint)
})

test('the server says what a host that was replaced does not', () => {
  expect(told('https://sanitized.example/c/b?comp=block', 'Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0')).toBe(
    'blob sanitized.example/',
  )
  expect(told('https://sanitized.example/s/f', 'Windows-Azure-File/1.0')).toBe('file sanitized.example/')
})
