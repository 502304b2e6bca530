import type { ZodType } from 'zod'

/** A line as people are shown it. */
const QUOTED_CHARACTERS = 200

/** What a line of a driver holds: something with the number of a message, or what is wrong with it. */
export type Numbered = { readonly seq: number; readonly read: object } | { readonly wrong: string }

/** An answer in the shape that the protocol has for it, or where it has another. */
export type Read<T> = { readonly value: T } | { readonly wrong: string }

/** Reads an answer to a message of one kind. */
export type Reader<T> = (answer: object) => Read<T>

export function numberedIn(line: string): Numbered {
  const read = jsonIn(line)
  if (typeof read === 'object' && read !== null && 'seq' in read && typeof read.seq === 'number')
    return { seq: read.seq, read }
  return {
    wrong: `wrote a line that is no answer: ${quoted(line)}; answers are JSON with a seq, and all else belongs to standard error`,
  }
}

/** The reason that a driver gives for not going on, if that is what an answer is. */
export function failureIn(answer: object): string | undefined {
  return 'failed' in answer ? String(answer.failed) : undefined
}

/** A reader of what a schema describes. */
export function reading<T>(schema: ZodType<T>): Reader<T> {
  return (answer) => {
    const parsed = schema.safeParse(answer)
    if (parsed.success) return { value: parsed.data }
    const { path, message } = parsed.error.issues[0]!
    return { wrong: `${path.length === 0 ? '' : `${path.join('.')}: `}${message}` }
  }
}

export function quoted(line: string): string {
  return JSON.stringify(line.length <= QUOTED_CHARACTERS ? line : `${line.slice(0, QUOTED_CHARACTERS)}...`)
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
