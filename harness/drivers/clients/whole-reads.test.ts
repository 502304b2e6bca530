import { describe, expect, test } from 'vitest'
import type { Tapped } from '../tap/tapped.ts'
import { wholeReads } from './whole-reads.ts'

function read(status: number, headers: Record<string, string> = {}, path = '/account/container/blob'): Tapped {
  return {
    request: { method: 'GET', path, query: new URLSearchParams(), headers },
    sentMs: 0,
    answeredMs: 0,
    answer: { status, headers: {}, body: '', bytes: Buffer.alloc(0) },
  }
}

const RANGE = { 'x-ms-range': 'bytes=0-33554431' }

function statuses(tapped: readonly Tapped[]): readonly unknown[] {
  return wholeReads(tapped).map(({ answer }) => answer?.status)
}

describe('a read by a range', () => {
  test('that succeeds is a read that succeeds', () => {
    expect(statuses([read(206, RANGE)])).toEqual([200])
    expect(statuses([read(206, { range: 'bytes=0-9' })])).toEqual([200])
  })

  test('is one read with the one without a range that follows where there is no content', () => {
    expect(statuses([read(416, RANGE), read(200)])).toEqual([200])
  })

  test('that is refused stands for itself otherwise', () => {
    expect(statuses([read(416, RANGE)])).toEqual([416])
    expect(statuses([read(416, RANGE), read(416, RANGE)])).toEqual([416, 416])
    expect(statuses([read(416, RANGE), read(200, {}, '/account/container/other')])).toEqual([416, 200])
    expect(statuses([read(412, RANGE), read(200)])).toEqual([412, 200])
  })
})

test('a part that nobody asked for stays a part', () => {
  expect(statuses([read(206), read(416), read(200)])).toEqual([206, 416, 200])
})
