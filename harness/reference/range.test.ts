import { describe, expect, test } from 'vitest'
import { rangeToRead, rangeToWrite } from './range.ts'
import { requestFor } from './testing/request.ts'

describe('a range to read', () => {
  const ofTen = (range: string) => rangeToRead(requestFor({ headers: { range } }), 10)

  test('is cut to what there is', () => {
    expect(ofTen('bytes=2-5')).toEqual({ start: 2, end: 5 })
    expect(ofTen('bytes=2-500')).toEqual({ start: 2, end: 9 })
    expect(ofTen('bytes=9-')).toEqual({ start: 9, end: 9 })
  })

  test('is ignored if it is none, and refused if nothing is there', () => {
    for (const text of ['bytes=5-2', 'bytes=-5', 'bytes', 'items=1-2', 'bytes=1-2,4-5'])
      expect(ofTen(text)).toBeUndefined()
    expect(ofTen('bytes=10-')).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */10' } })
  })

  test('goes by the header of the service before that of HTTP', () => {
    const headers = { range: 'bytes=0-0', 'x-ms-range': 'bytes=1-1' }
    expect(rangeToRead(requestFor({ headers }), 10)).toEqual({ start: 1, end: 1 })
  })
})

test('a range to write has to be there and whole', () => {
  const ofText = (text?: string) => rangeToWrite(requestFor({ headers: { 'x-ms-range': text } }))
  expect(ofText('bytes=0-511')).toEqual({ start: 0, end: 511 })
  expect(ofText('bytes=511-0')).toMatchObject({ code: 'InvalidHeaderValue' })
  expect(ofText('bytes=0-')).toMatchObject({ code: 'InvalidHeaderValue' })
  expect(ofText(undefined)).toMatchObject({ code: 'MissingRequiredHeader' })
})
