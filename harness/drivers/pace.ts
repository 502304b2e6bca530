import { TargetError } from '../errors.ts'
import type { Received } from './sending.ts'

/** How long answers take where none was heard yet. */
const USUAL_LATENCY_MS = 50

export interface PaceOptions {
  /** Requests that may be begun in a second; default: as many as there are answers for. */
  readonly maxPerSecond?: number | undefined
  /** Requests that may be under way at once; more wait their turn here. */
  readonly maxUnderWay: number
}

/** How often a server did not simply answer. */
export interface Interference {
  /** Answers that said "not now": 429 and 503. */
  readonly busy: number
  /** Requests that were sent and never answered. */
  readonly unanswered: number
}

/** So late a timer may be and the time is made up for; a rate is held over any longer time. */
const CATCH_UP_MS = 5
/** The pause after a server said that it is too busy; it doubles as long as most answers say so. */
const FIRST_PAUSE_MS = 100
const MAX_PAUSE_MS = 30_000
/** How much the last answer counts in the share of those that said so. A refusal comes sooner than an answer, so the last one alone says little. */
const WEIGHT = 1 / 16
const MOST = 0.5
/** Nobody waits longer because a server said so. */
const MAX_RETRY_AFTER_MS = 120_000

/**
 * The pace of a run: all that its drivers send to one server goes through here, so that a rate is held, and that a server which
 * says it is too busy is left alone by every connection at once. Nothing is ever sent again here.
 */
export class Pace {
  readonly #intervalMs: number
  readonly #maxUnderWay: number
  readonly #waiting: Waiting[] = []
  readonly #admissions: Waiting[] = []
  #underWay = 0
  #nextMs = 0
  #pausedUntilMs = 0
  #pauseMs = FIRST_PAUSE_MS
  /** The share of lately heard answers that said "not now". */
  #busyShare = 0
  #latencyMs = USUAL_LATENCY_MS
  #timer: NodeJS.Timeout | undefined
  #busy = 0
  #unanswered = 0

  constructor({ maxPerSecond, maxUnderWay }: PaceOptions) {
    this.#intervalMs = maxPerSecond === undefined ? 0 : 1000 / maxPerSecond
    this.#maxUnderWay = maxUnderWay
  }

  get interference(): Interference {
    return { busy: this.#busy, unanswered: this.#unanswered }
  }

  /** How long answers take lately. */
  get latencyMs(): number {
    return this.#latencyMs
  }

  /**
   * Sends a request when it is its turn, once.
   * @throws what `send` throws; the reason of `dropWaiting`, if that came first; TargetError if the server wants to be left
   * alone for longer than anybody waits.
   */
  async send(send: () => Promise<Received>): Promise<Received> {
    await this.#turn(this.#waiting)
    const beganMs = performance.now()
    try {
      const received = await send()
      this.#heard(received, beganMs)
      return received
    } finally {
      this.#underWay--
      this.#pump()
    }
  }

  /**
   * Settles when the server has time for something new: what has been begun goes first, since it has deadlines to meet.
   * @throws the reason of `dropWaiting`
   */
  admission(): Promise<void> {
    return this.#turn(this.#admissions)
  }

  /** What waits for its turn is never sent; what comes later is. */
  dropWaiting(reason: unknown): void {
    for (const { reject } of [...this.#waiting.splice(0), ...this.#admissions.splice(0)]) reject(reason)
  }

  #turn(queue: Waiting[]): Promise<void> {
    return new Promise((resolve, reject) => {
      queue.push({ resolve, reject })
      this.#pump()
    })
  }

  #pump(): void {
    const nowMs = performance.now()
    while (this.#waiting.length + this.#admissions.length > 0 && this.#underWay < this.#maxUnderWay) {
      const startMs = Math.max(this.#nextMs, this.#pausedUntilMs)
      if (startMs > nowMs) {
        this.#wakeIn(startMs - nowMs)
        return
      }
      const next = this.#waiting.shift()
      if (next === undefined) {
        this.#admitOne()
        return
      }
      this.#nextMs = Math.max(this.#nextMs, nowMs - CATCH_UP_MS) + this.#intervalMs
      this.#underWay++
      next.resolve()
    }
  }

  /** One at a time: what is admitted asks for its turn before the next one is. */
  #admitOne(): void {
    this.#admissions.shift()?.resolve()
    if (this.#admissions.length > 0) this.#wakeIn(0)
  }

  #wakeIn(ms: number): void {
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#pump()
    }, Math.ceil(ms))
  }

  #heard({ answer }: Received, beganMs: number): void {
    if (answer === undefined) {
      this.#unanswered++
      return
    }
    const refused = isBusy(answer.status)
    if (!refused) this.#latencyMs += (performance.now() - beganMs - this.#latencyMs) * WEIGHT
    this.#busyShare += ((refused ? 1 : 0) - this.#busyShare) * WEIGHT
    if (!refused) return
    this.#busy++
    this.#pause(beganMs, retryAfterMs(answer.headers['retry-after']))
  }

  /** A refusal of what was sent before the present pause began asks for no other one. */
  #pause(beganMs: number, askedMs: number | undefined): void {
    if (askedMs !== undefined && askedMs > MAX_RETRY_AFTER_MS) {
      throw new TargetError(
        `the server refuses requests and wants to be left alone for ${Math.round(askedMs / 1000)} s (Retry-After); run it later, with fewer requests a second (--max-requests-per-second)`,
      )
    }
    const nowMs = performance.now()
    if (beganMs >= this.#pausedUntilMs) {
      this.#pauseMs = this.#busyShare > MOST ? Math.min(MAX_PAUSE_MS, this.#pauseMs * 2) : FIRST_PAUSE_MS
      this.#pausedUntilMs = nowMs + this.#pauseMs
    }
    if (askedMs !== undefined) this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + askedMs)
  }
}

interface Waiting {
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/** Whether an answer says "not now". Source: Status and error codes (503 ServerBusy); RFC 6585, section 4 (429). */
export function isBusy(status: number): boolean {
  return status === 503 || status === 429
}

/** How long a `Retry-After` header asks to wait. Source: RFC 9110, section 10.2.3: a number of seconds, or a date. */
export function retryAfterMs(header: string | string[] | undefined): number | undefined {
  const text = String(header ?? '').trim()
  if (/^[0-9]{1,9}$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}
