import { complaint } from './complaint.ts'
import { printable } from './printable.ts'
import { type Footer, type Header, RESULT_EVENT, RESULTS_FORMAT, RESULTS_VERSION, type ResultEvent } from './results.ts'

/** An event as a line of a results file, with its line end. */
export function serialise(event: ResultEvent): string {
  return `${JSON.stringify(event)}\n`
}

/** A results file that was read, or what is wrong with it in one sentence. */
export type Results =
  | {
      readonly events: readonly ResultEvent[]
      readonly header: Header
      readonly footer: Footer | undefined
      /** Why the results are incomplete; undefined if they are complete. */
      readonly incomplete: string | undefined
    }
  | { readonly error: string }

/**
 * Reads a results file. A last line that was cut off, as when a run is killed, makes the results incomplete; a line that is
 * damaged anywhere else makes them unusable.
 *
 * @param name what to call the file in an error
 */
export function parseResults(text: string, name = 'the results'): Results {
  const lines = text.split('\n')
  const rest = lines.at(-1)!
  const cutOff = rest !== '' && !isJson(rest)
  if (cutOff || rest === '') lines.pop()
  const events: ResultEvent[] = []
  for (const [index, line] of lines.entries()) {
    const read = parseLine(line)
    const error = 'error' in read ? read.error : misplacement(read.event, events)
    if (error !== undefined) return { error: `${name}, line ${index + 1}: ${error}` }
    if ('event' in read) events.push(read.event)
  }
  if (cutOff && events.at(-1)?.event === 'footer') {
    return { error: `${name}, line ${lines.length + 1}: there is text after the footer; the footer is the last line` }
  }
  return concluded(events, name)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function concluded(events: readonly ResultEvent[], name: string): Results {
  const [header] = events
  const footer = events.at(-1)
  if (header?.event !== 'header')
    return { error: `${name}: it is empty or was cut off in its first line; run it again` }
  if (footer?.event !== 'footer') {
    return { events, header, footer: undefined, incomplete: 'the results end without a footer, so the run was cut off' }
  }
  const incomplete = footer.complete ? undefined : (footer.reason ?? 'the run did not come to its end')
  return { events, header, footer, incomplete }
}

type Line = { readonly event: ResultEvent } | { readonly error: string }

function parseLine(line: string): Line {
  if (!isJson(line))
    return { error: `it is damaged: expected one JSON object and found "${printable(line.slice(0, 40))}"` }
  const data: unknown = JSON.parse(line)
  const foreign = foreignHeader(data)
  if (foreign !== undefined) return { error: foreign }
  const read = RESULT_EVENT.safeParse(data)
  return read.success
    ? { event: read.data }
    : { error: `it is no event of these results: ${complaint(read.error, data)}` }
}

/** A header of another format or version is told apart from a damaged one, since what to do about it differs. */
function foreignHeader(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('event' in data) || data.event !== 'header') return undefined
  const { format, version } = data as { format?: unknown; version?: unknown }
  if (format !== RESULTS_FORMAT) return `its format is ${JSON.stringify(format)}; expected "${RESULTS_FORMAT}"`
  if (version === RESULTS_VERSION) return undefined
  return `it has version ${JSON.stringify(version)} of the format and this leasecheck reads version ${RESULTS_VERSION}; read it with the leasecheck that wrote it`
}

/** The header comes first and only first; nothing comes after the footer. */
function misplacement(event: ResultEvent, before: readonly ResultEvent[]): string | undefined {
  const first = before.length === 0
  if (first && event.event !== 'header')
    return `it begins with a ${event.event}; expected a header, so its beginning is missing`
  if (!first && event.event === 'header')
    return 'a second header; join the results of several runs with leasecheck merge'
  return before.at(-1)?.event === 'footer'
    ? `a ${event.event} after the footer; the footer is the last line`
    : undefined
}

/**
 * The event without what differs between two runs of the same seed: times, ports, and ids that were generated. Tokens and
 * signatures stay, since they are the same in every run and people repeat them.
 *
 * @param clock on wall time the offsets of a story are measured, so they are masked as well
 */
export function stable(event: ResultEvent, clock: Header['clock'] = 'virtual'): ResultEvent {
  switch (event.event) {
    case 'header': {
      const { url, ...target } = event.target
      const { repeat, ...header } = event
      return {
        ...header,
        ...(repeat === undefined ? {} : { repeat: repeat.map(withoutPorts) }),
        target: url === undefined ? target : { ...target, url: withoutPorts(url) },
        startedAt: MASKED_TIME,
      }
    }
    case 'verdict':
      return { ...event, durationMs: 0 }
    case 'bucket': {
      const mask = idMask()
      const story = event.story.map((step) => ({
        ...step,
        atMs: clock === 'wall' ? 0 : step.atMs,
        answer: withoutPorts(mask(step.answer)),
      }))
      return { ...event, story }
    }
    case 'footer': {
      const { reason, ...footer } = event
      const origins = event.origins.map((each) => ({ ...each, durationMs: 0 }))
      return {
        ...footer,
        origins,
        ...(reason === undefined ? {} : { reason: withoutPorts(idMask()(reason)) }),
        durationMs: 0,
      }
    }
    case 'baseline-entry':
      return { ...event, reason: withoutPorts(idMask()(event.reason)) }
    case 'finding':
      return event
    default:
      return event satisfies never
  }
}

const MASKED_TIME = '1970-01-01T00:00:00.000Z'

/** Ids by the order in which they appear, so that a reader still sees which of them are the same. */
function idMask(): (text: string) => string {
  const seen = new Map<string, string>()
  const mask = (id: string) => {
    const key = id.toLowerCase()
    const known = seen.get(key) ?? `id-${seen.size + 1}`
    seen.set(key, known)
    return known
  }
  return (text) =>
    text
      .replace(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, mask)
      .replace(/\bleasecheck-[0-9a-z]+-/g, 'leasecheck-run-')
}

function withoutPorts(text: string): string {
  return text.replace(/(\/\/[^/\s:]+|\/\/\[[^\]\s]+\]|\b127\.0\.0\.1|\blocalhost|\[::1\]):\d+/g, '$1:0')
}
