import { isObject } from './plain-data.ts'
import {
  BACKSLASH,
  BEGINS_OTHER,
  BEGINS_TEXT,
  COLON,
  DASH,
  DOUBLE_QUOTE,
  END,
  HASH,
  IN_KEY,
  PRINTABLE,
  QUESTION,
  QUOTE,
  SPACE,
} from './plain-signs.ts'

/** Reads a piece of YAML that is not plain; undefined if it is not valid. */
export type ReadOther = (text: string) => unknown

/**
 * Reads the plainest YAML: block mappings and sequences of texts in ASCII, as recorders write nearly everything. It is several
 * times faster than the library, and undefined wherever there is anything else, which is then the library's to read; where it
 * gives a value, the library would give the same.
 * @param readOther reads the few pieces that may be otherwise: texts with escapes or over several lines, bytes, tags
 */
export function readPlainYaml(text: string, readOther: ReadOther): { readonly value: unknown } | undefined {
  try {
    return { value: new PlainReader(text, readOther).document() }
  } catch (error) {
    if (error === NOT_PLAIN) return undefined
    throw error
  }
}

/** Thrown to give up: no result has to be looked at on the hot path. */
const NOT_PLAIN = new Error('not the plainest YAML')
const DEEPEST = 50
/** With more pieces that are not plain, the library is as fast with all of it at once. */
const MOST_OTHERS = 4

class PlainReader {
  readonly #text: string
  readonly #readOther: ReadOther
  #others = 0
  /** Where the rest begins. */
  #at = 0
  /** The column of the next content, set at the beginning of each line; -1 at the end. */
  #column = 0
  #depth = 0

  constructor(text: string, readOther: ReadOther) {
    this.#text = text.endsWith('\n') ? text : `${text}\n`
    this.#readOther = readOther
  }

  document(): unknown {
    this.#indentation()
    const value = this.#block(0)
    if (this.#column !== -1) throw NOT_PLAIN
    return value
  }

  /** A mapping or sequence that begins here, in just this column. */
  #block(column: number): unknown {
    if (this.#column !== column || ++this.#depth > DEEPEST) throw NOT_PLAIN
    const value = this.#isDash() ? this.#sequence(column) : this.#mapping(column)
    this.#depth--
    return value
  }

  #sequence(column: number): unknown[] {
    const items: unknown[] = []
    while (this.#column === column && this.#isDash()) {
      const start = this.#at
      this.#at += 2
      this.#column += 2
      if (this.#keyEnd() > 0) items.push(this.#block(column + 2))
      else items.push(this.#scalar(column, start, false))
    }
    return items
  }

  #mapping(column: number): Record<string, unknown> {
    const mapping: Record<string, unknown> = {}
    while (this.#column === column && !this.#isDash()) {
      const start = this.#at
      const end = this.#keyEnd()
      if (end < 0) {
        Object.assign(mapping, this.#restOfMapping(column))
        continue
      }
      const key = this.#text.slice(start, end)
      if (isNull(key) || key === '__proto__') throw NOT_PLAIN
      this.#at = end + 1
      mapping[key] = this.#value(column, start)
    }
    return mapping
  }

  /** Keys that are no plain texts: what follows is much the same, so all of it goes to the library. */
  #restOfMapping(column: number): unknown {
    if (this.#text.charCodeAt(this.#at) !== QUESTION) throw NOT_PLAIN
    const rest = this.#other(this.#at, column, (indentation) => indentation >= column)
    if (!isObject(rest)) throw NOT_PLAIN
    return rest
  }

  /** What stands behind a key and its colon. A sequence may begin in the column of its key. */
  #value(column: number, start: number): unknown {
    if (this.#text.charCodeAt(this.#at) === SPACE) {
      this.#at++
      return this.#scalar(column, start, true)
    }
    this.#nextLine()
    if (this.#column > column) return this.#block(this.#column)
    return this.#column === column && this.#isDash() ? this.#sequence(column) : null
  }

  /**
   * A text or null; a text without quotes may go on in lines that are further in than its parent.
   * @param start where its key or dash stands
   */
  #scalar(column: number, start: number, hasKey: boolean): unknown {
    const first = this.#text.charCodeAt(this.#at)
    if (first === DASH) return this.#alone(this.#negative())
    if (first === QUOTE || first === DOUBLE_QUOTE) {
      const quoted = first === QUOTE ? this.#singleQuoted() : this.#doubleQuoted()
      return quoted === undefined ? this.#otherValue(column, start, hasKey) : this.#alone(quoted)
    }
    if (BEGINS_OTHER[first] === 1) return this.#otherValue(column, start, hasKey)
    let text = this.#plainLine()
    this.#nextLine()
    while (this.#column > column) {
      text += ` ${this.#plainLine()}`
      this.#nextLine()
    }
    return isNull(text) ? null : text
  }

  /** A value that is not plain, read with its key or dash. The lines of a sequence may begin in the column of its key. */
  #otherValue(column: number, start: number, hasKey: boolean): unknown {
    const piece = this.#other(start, column, (indentation, isDash) => {
      return indentation > column || (hasKey && isDash && indentation === column)
    })
    const values = hasKey && isObject(piece) ? Object.values(piece) : !hasKey && Array.isArray(piece) ? piece : []
    if (values.length !== 1) throw NOT_PLAIN
    return values[0]
  }

  /** Lets the library read from here on, as many lines as belong to it; empty ones do always. */
  #other(start: number, column: number, belongs: (indentation: number, isDash: boolean) => boolean): unknown {
    if (++this.#others > MOST_OTHERS) throw NOT_PLAIN
    const text = this.#text
    let end = text.indexOf('\n', start) + 1
    while (end < text.length) {
      let at = end
      while (text.charCodeAt(at) === SPACE) at++
      const isDash = text.charCodeAt(at) === DASH && text.charCodeAt(at + 1) === SPACE
      if (text.charCodeAt(at) !== END && !belongs(at - end, isDash)) break
      end = text.indexOf('\n', at) + 1
    }
    this.#at = end
    this.#indentation()
    return this.#readOther(' '.repeat(column) + text.slice(start, end))
  }

  /** What ends with its line. A line further in fits nowhere, so whatever comes next gives up. */
  #alone<T>(value: T): T {
    this.#nextLine()
    return value
  }

  /** Undefined if it does not end in its line, or is not all printable. */
  #singleQuoted(): string | undefined {
    const text = this.#text
    const start = this.#at + 1
    let hasQuotes = false
    for (let at = start; ; at++) {
      const code = text.charCodeAt(at)
      if (code === QUOTE) {
        if (text.charCodeAt(at + 1) !== QUOTE) {
          this.#at = at + 1
          const quoted = text.slice(start, at)
          return hasQuotes ? quoted.replaceAll("''", "'") : quoted
        }
        hasQuotes = true
        at++
      } else if (PRINTABLE[code] !== 1) return undefined
    }
  }

  #doubleQuoted(): string | undefined {
    const start = this.#at + 1
    for (let at = start; ; at++) {
      const code = this.#text.charCodeAt(at)
      if (code === DOUBLE_QUOTE) {
        this.#at = at + 1
        return this.#text.slice(start, at)
      }
      if (code === BACKSLASH || PRINTABLE[code] !== 1) return undefined
    }
  }

  /** Of what begins with a dash, only a number is plainly no sequence. */
  #negative(): string {
    const text = this.#text.slice(this.#at, this.#text.indexOf('\n', this.#at))
    if (!/^-[0-9]+$/.test(text)) throw NOT_PLAIN
    this.#at += text.length
    return text
  }

  /** To the end of the line; a comment or another key in it would end the text. */
  #plainLine(): string {
    const text = this.#text
    const start = this.#at
    if (BEGINS_TEXT[text.charCodeAt(start)] !== 1) throw NOT_PLAIN
    let before = SPACE
    for (let at = start; ; at++) {
      const code = text.charCodeAt(at)
      if (code === END) {
        if (before === SPACE || before === COLON) throw NOT_PLAIN
        this.#at = at
        return text.slice(start, at)
      }
      if (PRINTABLE[code] !== 1) throw NOT_PLAIN
      if ((before === COLON && code === SPACE) || (before === SPACE && code === HASH)) throw NOT_PLAIN
      before = code
    }
  }

  #nextLine(): void {
    if (this.#text.charCodeAt(this.#at) !== END) throw NOT_PLAIN
    this.#at++
    this.#indentation()
  }

  /** An empty line may be part of a text; in no column it fits what comes next, so that gives up. */
  #indentation(): void {
    const start = this.#at
    let at = start
    while (this.#text.charCodeAt(at) === SPACE) at++
    this.#at = at
    this.#column = at === this.#text.length ? -1 : at - start
  }

  #isDash(): boolean {
    return this.#text.charCodeAt(this.#at) === DASH && this.#text.charCodeAt(this.#at + 1) === SPACE
  }

  /** Where the key that begins here has its colon; -1 if none begins here. */
  #keyEnd(): number {
    let at = this.#at
    while (IN_KEY[this.#text.charCodeAt(at)] === 1) at++
    if (at === this.#at || this.#text.charCodeAt(at) !== COLON) return -1
    const behind = this.#text.charCodeAt(at + 1)
    return behind === SPACE || behind === END ? at : -1
  }
}

function isNull(text: string): boolean {
  return text.length === 4 && (text === 'null' || text === 'Null' || text === 'NULL')
}
