import { StringDecoder } from 'node:string_decoder'

/** An answer is a few hundred characters; what is so long is something else. */
const MOST_CHARACTERS = 1_000_000

/** Cuts what comes in pieces into lines. */
export class LineReader {
  readonly #onLine: (line: string) => void
  readonly #onTooLong: (reason: string) => void
  readonly #decoder = new StringDecoder('utf8')
  #rest = ''

  constructor(onLine: (line: string) => void, onTooLong: (reason: string) => void) {
    this.#onLine = onLine
    this.#onTooLong = onTooLong
  }

  push(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n')
    this.#rest = lines.pop()!
    if (this.#rest.length > MOST_CHARACTERS) {
      this.#rest = ''
      this.#onTooLong(`wrote more than ${MOST_CHARACTERS.toLocaleString('en-US')} characters without an end of line`)
    }
    for (const line of lines) this.#onLine(line)
  }
}
