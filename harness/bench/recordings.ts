import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile } from '../../model/compiled-rules.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Scenario } from '../../model/scenario.ts'
import { inOrder } from '../campaign/in-order.ts'
import { DEFAULT_API_VERSION } from '../cli/options.ts'
import { Session } from '../cli/session.ts'
import type { RecordedExchange as ImportedExchange } from '../recordings/importing/recorded-exchange.ts'
import { recordingFiles } from '../recordings/importing/recording-files.ts'
import { WRITERS } from '../recordings/importing/testing/written-recording.ts'
import type { Counts } from '../recordings/verifying-files/recording-outcome.ts'
import { verifyFiles } from '../recordings/verifying-files/verify-files.ts'
import { startReference } from '../targets/reference.ts'
import { type Figure, quantity } from './figure.ts'
import { IN_FLIGHT } from './harness-pass.ts'
import { benchPrefix, type RecordedExchange } from './recorded-exchange.ts'
import { recorded } from './recorder.ts'

const FORMATS = { JSON: 'test proxy', YAML: 'vcrpy' } as const satisfies Record<string, keyof typeof WRITERS>
const EXCHANGES = 50_000
/** By its usual port a recording of an emulator tells which service answered. */
const BLOB_ORIGIN = 'http://127.0.0.1:10000'

/**
 * How many recorded exchanges a second are read and judged. The recordings are made here: scenarios are played on the reference
 * server, each is written as a recording of its own, and all of them again and again until there are enough.
 */
export async function recordingFigures(scenarios: readonly Scenario[]): Promise<readonly Figure[]> {
  const sessions = await recordedSessions(scenarios)
  const folder = mkdtempSync(join(tmpdir(), 'leasecheck-bench-'))
  try {
    const figures: Figure[] = []
    for (const [name, format] of Object.entries(FORMATS))
      figures.push(await figureOf(name, filledFolder(join(folder, name), sessions, format)))
    return figures
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Filled {
  readonly folder: string
  readonly megabytes: number
}

function filledFolder(
  folder: string,
  sessions: readonly (readonly ImportedExchange[])[],
  format: keyof typeof WRITERS,
): Filled {
  mkdirSync(folder)
  const texts = sessions.map((session) => WRITERS[format](session))
  let bytes = 0
  let written = 0
  for (let i = 0; written < EXCHANGES; i++) {
    const text = texts[i % texts.length]!
    writeFileSync(join(folder, `${i}.${format === 'vcrpy' ? 'yaml' : 'json'}`), text)
    written += sessions[i % texts.length]!.length
    bytes += text.length
  }
  return { folder, megabytes: bytes / 1e6 }
}

async function figureOf(name: string, { folder, megabytes }: Filled): Promise<Figure> {
  const { files } = recordingFiles([folder])
  const sum: Pick<Counts, 'exchanges' | 'explained'> = { exchanges: 0, explained: 0 }
  const beganMs = performance.now()
  const cpu = process.cpuUsage()
  await verifyFiles(compile(RULES), files, new AbortController().signal, (outcome) => {
    if (outcome.is !== 'judged') throw new Error(`${outcome.file} was not judged`)
    for (const { all } of outcome.recordings) {
      sum.exchanges += all.exchanges
      sum.explained += all.explained
    }
  })
  const seconds = (performance.now() - beganMs) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return {
    name: `recorded exchanges read and judged, ${name}`,
    value: sum.exchanges / seconds,
    unit: '/s',
    bar: { atLeast: 10_000 },
    notes: [
      `${sum.exchanges} exchanges in ${files.length} files, ${quantity(megabytes, 'MB')}, ${quantity((100 * sum.explained) / sum.exchanges, '%')} explained`,
      `${quantity((user + system) / sum.exchanges, 'us')} of CPU an exchange, all threads, getting warm included; ${availableParallelism()} cores`,
    ],
  }
}

/** What went over the wire for each scenario, as a recorder would have kept it. */
async function recordedSessions(scenarios: readonly Scenario[]): Promise<readonly (readonly ImportedExchange[])[]> {
  const target = await startReference()
  const exchanges = await recorded(async () => {
    const session = new Session(target, DEFAULT_API_VERSION, benchPrefix('0'))
    for await (const _ of inOrder(scenarios, IN_FLIGHT, session.play));
    await session.close()
  })
  return [...Map.groupBy(exchanges, ({ scenario }) => scenario).values()].map((session) => session.map(asImported))
}

function asImported(
  { origin, method, path, headers, status, answerHeaders, answerBody }: RecordedExchange,
  place: number,
): ImportedExchange {
  return {
    place: String(place),
    method,
    url: `${BLOB_ORIGIN}${path}`,
    // Sources of copies are in headers.
    requestHeaders: byName(headers.map((each) => each.replace(origin, BLOB_ORIGIN))),
    status,
    responseHeaders: byName(answerHeaders),
    responseBody: answerBody,
  }
}

function byName(inTurn: readonly string[]): Readonly<Record<string, string>> {
  const named: Record<string, string> = {}
  for (let i = 0; i + 1 < inTurn.length; i += 2) named[inTurn[i]!.toLowerCase()] = inTurn[i + 1]!
  return named
}
