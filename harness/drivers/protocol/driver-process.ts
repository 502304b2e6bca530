import type { DriverRequest } from '../../../reports/driver-protocol.ts'
import { DriverError, UsageError } from '../../errors.ts'
import { failureIn, numberedIn, quoted, type Reader } from './answer.ts'
import { lastWords } from './last-words.ts'
import { LineReader } from './line-reader.ts'
import { type DriverCommand, Program, type ProgramEnd } from './program.ts'
import { Turns } from './turns.ts'

export type { DriverCommand } from './program.ts'

export interface DriverLimits {
  /** How long the program may take to say who it is. */
  readonly helloMs: number
  /** How long one call may take. */
  readonly callMs: number
  /** How long calls may still take once the run is to end. */
  readonly hurriedMs: number
  /** How long the program may take to end after it was told to. */
  readonly endMs: number
}

export const LIMITS: DriverLimits = { helloMs: 30_000, callMs: 90_000, hurriedMs: 5_000, endMs: 2_000 }

/** What a shell says of a command that is not there, or that is no program: those of POSIX and of Windows. */
const NO_COMMAND: readonly number[] = [126, 127, 9009]

interface Waiting {
  readonly message: Unnumbered
  readonly read: Reader<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
  readonly limitMs: number
  /** When it has taken too long, in the time of `performance.now`. */
  untilMs: number
}

type Asked = Extract<DriverRequest, { seq: number }>
export type Unnumbered = Asked extends infer A ? (A extends Asked ? Omit<A, 'seq'> : never) : never

/** A driver in a process of its own, spoken to in lines of JSON. Whatever it does wrong ends it, and says so once. */
export class DriverProcess {
  readonly #command: string
  readonly #program: Program
  readonly #limits: DriverLimits
  readonly #lastWords: () => string
  /** In the order in which they were asked. */
  readonly #waiting = new Map<number, Waiting>()
  readonly #turns = new Turns(1)
  #seq = 0
  /** What goes out with the next write, since messages that are asked together need only one. */
  #outgoing = ''
  #watch: NodeJS.Timeout | undefined
  #watchedUntilMs = Number.POSITIVE_INFINITY
  #failure: DriverError | UsageError | undefined
  #greeted = false
  #closing: Promise<void> | undefined

  /** @param heard hears what the driver writes to standard error, as it comes */
  constructor(command: DriverCommand, limits: DriverLimits = LIMITS, heard?: (text: string) => void) {
    this.#command = command.command
    this.#limits = limits
    this.#program = new Program(command)
    const { stdout, stderr, ended } = this.#program
    this.#lastWords = lastWords(stderr, heard)
    const lines = new LineReader(
      (line) => this.#take(line),
      (reason) => this.#fail(reason),
    )
    stdout.on('data', (chunk: Buffer) => lines.push(chunk))
    void ended.then((end) => this.#ended(end))
    this.#program.hold(false)
  }

  /** From now on so many messages may wait for their answer at once. */
  allow(inFlight: number): void {
    this.#turns.allow(inFlight)
  }

  /**
   * Asks, once it is this message's turn, and waits for the answer.
   * @throws DriverError if the driver fails; UsageError if there is no such command.
   */
  async ask<T>(message: Unnumbered, read: Reader<T>): Promise<T> {
    await this.#turns.take()
    try {
      return await this.#exchange(message, read)
    } finally {
      this.#turns.giveBack()
    }
  }

  /** Says something that has no answer. */
  tell(message: Extract<DriverRequest, { do: 'forget' | 'stop' }>): void {
    if (this.#failure === undefined) this.#send(message)
  }

  /** The run is to end: calls that are under way may take a little longer, and not as long as they like. */
  hurry(): void {
    const untilMs = performance.now() + this.#limits.hurriedMs
    for (const waiting of this.#waiting.values()) waiting.untilMs = Math.min(waiting.untilMs, untilMs)
    this.#watchOldest()
  }

  /** Ends it at once. */
  kill(): void {
    this.#fail('was ended')
  }

  /** Tells it to end, ends it if it does not, and waits until it is gone. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#program.hold(true)
    const impatience = setTimeout(this.#program.killNow, this.#limits.endMs)
    this.tell({ do: 'stop' })
    this.#flush()
    this.#program.stdin.end()
    await this.#program.ended
    clearTimeout(impatience)
  }

  #exchange<T>(message: Unnumbered, read: Reader<T>): Promise<T> {
    if (this.#failure !== undefined) throw this.#failure
    const seq = ++this.#seq
    const limitMs = message.do === 'hello' ? this.#limits.helloMs : this.#limits.callMs
    return new Promise<T>((resolve, reject) => {
      const untilMs = performance.now() + limitMs
      this.#waiting.set(seq, { message, read, resolve: resolve as Waiting['resolve'], reject, limitMs, untilMs })
      if (this.#waiting.size === 1) this.#program.hold(true)
      this.#watchOldest()
      this.#send({ seq, ...message })
    })
  }

  #send(message: object): void {
    if (this.#outgoing === '') process.nextTick(() => this.#flush())
    this.#outgoing += `${JSON.stringify(message)}\n`
  }

  #flush(): void {
    if (this.#outgoing !== '' && this.#failure === undefined) this.#program.stdin.write(this.#outgoing)
    this.#outgoing = ''
  }

  /** One timer is enough for the message whose time is up first; when it fires, the next one is looked at. */
  #watchOldest(): void {
    const [oldest] = this.#waiting.values()
    if (oldest === undefined || oldest.untilMs >= this.#watchedUntilMs) return
    clearTimeout(this.#watch)
    this.#watchedUntilMs = oldest.untilMs
    this.#watch = setTimeout(() => this.#look(), Math.max(1, oldest.untilMs - performance.now())).unref()
  }

  #look(): void {
    this.#watchedUntilMs = Number.POSITIVE_INFINITY
    const [oldest] = this.#waiting.values()
    if (oldest !== undefined && performance.now() + 1 >= oldest.untilMs) this.#fail(unanswered(oldest))
    else this.#watchOldest()
  }

  #take(line: string): void {
    if (this.#failure !== undefined || line.trim() === '') return
    const wrong = this.#settle(line)
    if (wrong !== undefined) this.#fail(wrong)
  }

  /** Gives an answer to whoever waits for it; returns what is wrong with it. */
  #settle(line: string): string | undefined {
    const numbered = numberedIn(line)
    if ('wrong' in numbered) return numbered.wrong
    const { seq, read } = numbered
    const waiting = this.#waiting.get(seq)
    if (waiting === undefined) return `answered ${seq}, which nobody waits for: ${quoted(line)}`
    const failed = failureIn(read)
    if (failed !== undefined) return `gave up on ${aboutOf(waiting.message)}: ${failed}`
    const answer = waiting.read(read)
    if ('wrong' in answer)
      return `answered ${aboutOf(waiting.message)} with ${quoted(line)}, which is not as the protocol has it: ${answer.wrong}`
    this.#waiting.delete(seq)
    this.#greeted = true
    if (this.#waiting.size === 0) this.#program.hold(false)
    waiting.resolve(answer.value)
    return undefined
  }

  #ended(end: ProgramEnd): void {
    const isMissing = end.how === 'exit' && NO_COMMAND.includes(end.status) && !this.#greeted
    if (end.how !== 'never started' && !isMissing) {
      this.#fail(`ended with ${endInWords(end)}`)
      return
    }
    const reason = end.how === 'never started' ? end.reason : endInWords(end)
    this.#end(
      new UsageError(
        `the driver could not be started: ${this.#command} (${reason})${this.#lastWords()}\n` +
          'check that the command runs by itself in this folder: a driver waits for lines on its standard input',
      ),
    )
  }

  #fail(what: string): void {
    this.#end(new DriverError(`the driver ${what}${this.#lastWords()}`))
  }

  #end(failure: DriverError | UsageError): void {
    if (this.#failure !== undefined || (this.#closing !== undefined && this.#waiting.size === 0)) return
    this.#failure = failure
    clearTimeout(this.#watch)
    for (const { reject } of this.#waiting.values()) reject(failure)
    this.#waiting.clear()
    this.#program.killNow()
  }
}

function endInWords(end: Exclude<ProgramEnd, { readonly how: 'never started' }>): string {
  return end.how === 'exit' ? `exit status ${end.status}` : `signal ${end.signal}`
}

function unanswered({ message, limitMs }: Waiting): string {
  const advice = message.do === 'hello' ? '; does it flush its standard output after every line?' : ''
  return `did not answer ${aboutOf(message)} within ${limitMs / 1000} s${advice}`
}

function aboutOf(message: Unnumbered): string {
  if (message.do !== 'call') return JSON.stringify(message.do)
  return `"call" of ${message.call} on a ${message.kind}`
}
