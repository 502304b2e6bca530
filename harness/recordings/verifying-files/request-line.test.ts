import { expect, test } from 'vitest'
import { requestLine } from './request-line.ts'

const line = (path: string, headers?: Readonly<Record<string, string>>) =>
  requestLine({ method: 'PUT', url: `https://account.blob.core.windows.net${path}`, requestHeaders: headers })

test('a request line has path, query and lease action', () => {
  expect(line('/c/b?comp=lease&timeout=30', { 'x-ms-lease-action': 'renew' })).toBe(
    'PUT /c/b?comp=lease&timeout=30, renew',
  )
  expect(line('/c?restype=container')).toBe('PUT /c?restype=container')
})

test('it has nothing of a signature, in whatever order and case', () => {
  const sas = 'sv=2023-11-03&ss=b&srt=sco&sp=rw&se=2030-01-01&st=2020-01-01&spr=https&sr=b&SIG=s3cret%3D&skoid=s3cret'
  expect(line(`/c/b?${sas}&comp=lease&sig=s3cret`)).toBe('PUT /c/b?comp=lease')
})

test('a long name is cut, and control characters stay escaped', () => {
  expect(line(`/c/${'n'.repeat(1000)}`, { 'x-ms-lease-action': 'break' })).toMatch(/^PUT \/c\/n{190,}\.\.\., break$/)
  expect(line('/c/%1B[31m')).toBe('PUT /c/%1B[31m')
})
