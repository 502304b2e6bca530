/**
 * Virtual time for a server written in Node, per request. Preloaded (`node --import`), it wraps `Date`: while a request is
 * being served, the clock shows the instant in that request's `x-leasecheck-now` header, and the answer says so in
 * `x-leasecheck-clock`. Everything else (requests without the header, timers, start-up) sees real time.
 *
 * It runs inside a foreign process, possibly a container, so it imports nothing but Node.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { EventEmitter } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'

// The same names as in headers.ts, which a container would not find.
const NOW_HEADER = 'x-leasecheck-now'
const CLOCK_HEADER = 'x-leasecheck-clock'

const RealDate = Date
const realNow = Date.now
const served = new AsyncLocalStorage<number>()

/** The largest number of milliseconds that a `Date` can hold. */
const LAST_INSTANT_MS = 8.64e15

function now(): number {
  return served.getStore() ?? realNow()
}

/** Stands in for `Date`: called as a function, as a constructor, and as the base of a class. */
function VirtualDate(...given: unknown[]): Date | string {
  if (new.target === undefined) return new RealDate(now()).toString()
  return Reflect.construct(RealDate, given.length === 0 ? [now()] : given, new.target)
}

/** Replaces the global `Date`. One prototype serves both, so dates that Node itself makes stay `instanceof Date`. */
function installDate(): void {
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(RealDate))) {
    if (key !== 'prototype') Object.defineProperty(VirtualDate, key, descriptor)
  }
  Object.defineProperty(VirtualDate, 'prototype', { value: RealDate.prototype, writable: false })
  const method = (value: unknown) => ({ value, writable: true, enumerable: false, configurable: true })
  Object.defineProperty(VirtualDate, 'now', method(now))
  Object.defineProperty(RealDate.prototype, 'constructor', method(VirtualDate))
  Object.defineProperty(globalThis, 'Date', method(VirtualDate))
}

/** Serves each request at its own instant: every server emits `request` through its prototype. */
function installEmit(prototype: EventEmitter): void {
  const emit = prototype.emit
  prototype.emit = function (this: EventEmitter, event: string | symbol, ...values: unknown[]): boolean {
    if (event === 'request') {
      const [request, response] = values as [IncomingMessage, ServerResponse]
      const instant = instantOf(request)
      if (instant !== undefined) {
        response.setHeader(CLOCK_HEADER, String(instant))
        return served.run(instant, () => emit.call(this, event, request, response))
      }
    }
    return emit.call(this, event, ...values)
  }
}

function instantOf(request: IncomingMessage): number | undefined {
  const text = request.headers[NOW_HEADER]
  if (typeof text !== 'string' || text === '') return undefined
  const instant = Number(text)
  return Number.isInteger(instant) && Math.abs(instant) <= LAST_INSTANT_MS ? instant : undefined
}

installDate()
installEmit(http.Server.prototype)
installEmit(https.Server.prototype)
