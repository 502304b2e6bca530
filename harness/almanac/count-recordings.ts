/** For developers: `npm run almanac:recordings -- FILES` counts which rules decided public recordings, for the almanac. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from '../../model/compiled-rules.ts'
import { RULES } from '../../model/rules/index.ts'
import { EXIT, messageOf, statusOf } from '../cli/exit.ts'
import { UsageError } from '../errors.ts'
import { importFile } from '../recordings/importing/import-file.ts'
import type { Recording } from '../recordings/importing/recorded-exchange.ts'
import { recordingFiles } from '../recordings/importing/recording-files.ts'
import { verifyRecording } from '../recordings/verifying/verify-recording.ts'

const FILE = join(import.meta.dirname, '../../reports/almanac/recordings.json')

/** Enough for a reader to look at; others can be found with `leasecheck verify --by-rule`. */
const MOST_EXAMPLES = 3

/** Only sessions that name the public repository which they are from can be looked at by others. */
const PUBLIC = /^[\w.-]+\/[\w.-]+:/

const rules = compile(RULES)

interface Decided {
  exchanges: number
  readonly examples: string[]
}

/** How many recorded exchanges each rule decided, where no other rule may have. */
function counted(recordings: readonly Recording[]): ReadonlyMap<string, Decided> {
  const found = new Map<string, Decided>()
  for (const recording of recordings.filter(({ source }) => PUBLIC.test(source))) {
    for (const verdict of verifyRecording(rules, recording)) {
      if (verdict.result !== 'explained') continue
      for (const { rules: applied, orRules } of verdict.steps) {
        const rule = applied?.at(-1)
        if (rule === undefined || orRules !== undefined) continue
        const decided = found.get(rule) ?? { exchanges: 0, examples: [] }
        decided.exchanges += recording.count
        const isNew = !decided.examples.some((example) => example.startsWith(`${recording.source}#`))
        if (isNew && decided.examples.length < MOST_EXAMPLES)
          decided.examples.push(`${recording.source}#${verdict.exchange.place}`)
        found.set(rule, decided)
      }
    }
  }
  return found
}

/** @throws UsageError if a file cannot be read, or holds no recording. */
function recordingsIn(paths: readonly string[]): readonly Recording[] {
  const { files, errors } = recordingFiles(paths)
  if (errors.length > 0) throw new UsageError(errors.join('\n'))
  return files.flatMap(({ path }) => {
    const imported = importFile(path)
    if ('error' in imported) throw new UsageError(`${path}: ${imported.error}`)
    return imported.recordings
  })
}

try {
  const found = counted(recordingsIn(process.argv.slice(2)))
  if (found.size === 0) throw new UsageError('no session names a public repository; give a file of condensed sessions')
  const entries = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1))
  writeFileSync(FILE, `${JSON.stringify({ rules: Object.fromEntries(entries) }, null, 2)}\n`)
  process.stdout.write(`${FILE}: ${found.size} rules\n`)
  process.exitCode = EXIT.nothingNew
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = statusOf(error)
}
