import { readCassette } from './cassette-yaml.ts'
import { condensedRecording } from './condensed/condensed-recording.ts'
import { readRecordedSessions } from './condensed/recorded-session.ts'
import { decodedText } from './decoded-text.ts'
import { harEntry } from './har.ts'
import { failure, type Imported } from './imported.ts'
import { readJsons } from './json-documents.ts'
import { browserEntry, networkCallEntry } from './older-sdk.ts'
import { field } from './plain-data.ts'
import { exchangesOf, type RecordedEntry } from './recorded-entry.ts'
import type { Recording, RecordingFormat } from './recorded-exchange.ts'
import { testProxyEntry } from './test-proxy.ts'
import { vcrEntry, vcrInteractions } from './vcr.ts'

/**
 * Reads a file of recorded HTTP sessions. Its format is told by what is in it, never by its name.
 * @param source what to call the file
 */
export function importRecording(content: Uint8Array | string, source: string): Imported {
  const text = decodedText(content)
  if (text === undefined) return failure(source, 'not a recording', 'it is no text')
  if (text.trim() === '') return failure(source, 'not a recording', 'it is empty')
  if (!/^\s*[[{]/.test(text)) return importYaml(text, source)
  if (isCondensed(text)) return importCondensed(text, source)
  const read = readJsons(text)
  if ('documents' in read) return importDocuments(read.documents, source)
  // A cassette in YAML may begin with a brace too.
  const asYaml = mayBeCassette(text) ? importYaml(text, source) : undefined
  return asYaml !== undefined && 'recordings' in asYaml ? asYaml : failure(source, 'damaged', read.error)
}

/** JSON lines, each a session with `steps`. */
function isCondensed(text: string): boolean {
  const end = text.indexOf('\n', text.search(/\S/))
  const line = end < 0 ? text : text.slice(0, end)
  if (!line.includes('"steps"')) return false
  try {
    return Array.isArray(field(JSON.parse(line), 'steps'))
  } catch {
    return false
  }
}

function importCondensed(text: string, source: string): Imported {
  const read = readRecordedSessions(text, source)
  if ('error' in read) return failure(source, 'damaged', read.error.replace(`${source}, `, ''))
  const recordings: Recording[] = []
  for (const session of read.sessions) {
    const recording = condensedRecording(session)
    if ('error' in recording) return failure(source, 'damaged', recording.error)
    recordings.push(recording)
  }
  return { recordings }
}

/** What is no cassette is not read: there are large YAML files of other sorts beside recordings. */
function importYaml(text: string, source: string): Imported {
  if (!mayBeCassette(text)) return failure(source, 'not a recording', NO_FORMAT)
  const read = readCassette(text)
  return 'error' in read ? failure(source, 'damaged', read.error) : importDocuments(read.documents, source)
}

function mayBeCassette(text: string): boolean {
  return /(?:^|[{,\s"'])(?:http_)?interactions["']?\s*:/.test(text)
}

const NO_FORMAT = 'it holds none of Entries (test proxy), interactions (VCR) and log.entries (HAR)'

/** How a format is known, and its entries are read. */
interface Format {
  readonly format: RecordingFormat
  readonly entriesIn: (document: unknown) => unknown
  readonly read: (entry: unknown) => RecordedEntry
}

const FORMATS: readonly Format[] = [
  { format: 'test-proxy', entriesIn: (document) => field(document, 'Entries'), read: testProxyEntry },
  { format: 'vcr', entriesIn: vcrInteractions, read: vcrEntry },
  { format: 'har', entriesIn: (document) => field(field(document, 'log'), 'entries'), read: harEntry },
  { format: 'older-sdk', entriesIn: (document) => field(document, 'networkCallRecords'), read: networkCallEntry },
  { format: 'older-sdk', entriesIn: (document) => field(document, 'recordings'), read: browserEntry },
]

/** Several documents in one file are recordings of their own; entries are counted through the file. */
function importDocuments(documents: readonly unknown[], source: string): Imported {
  const recordings: Recording[] = []
  let first = 0
  for (const [index, document] of documents.entries()) {
    const found = FORMATS.map((format) => ({ ...format, entries: format.entriesIn(document) }))
    const fitting = found.find(({ entries }) => Array.isArray(entries))
    if (fitting === undefined) continue
    const entries = fitting.entries as readonly unknown[]
    const made = exchangesOf(entries, fitting.read, first)
    if ('error' in made) return failure(source, 'damaged', made.error)
    const name = documents.length === 1 ? source : `${source} (document ${index + 1})`
    recordings.push({ source: name, format: fitting.format, count: 1, exchanges: made.exchanges })
    first += entries.length
  }
  return recordings.length === 0 ? failure(source, 'not a recording', NO_FORMAT) : { recordings }
}
