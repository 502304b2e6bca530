import { Command } from 'commander'
import { OWN_RECORDINGS_BASELINE } from './recordings-baseline-name.ts'

export interface VerifyFlags {
  readonly strict?: true
  readonly baseline?: string
  readonly updateBaseline?: true
  readonly failOnGone?: true
  readonly byRule?: true
  readonly json?: true
  readonly out?: string
  readonly quiet?: true
}

export function verifyCommand(): Command {
  return new Command('verify')
    .summary('judge recorded HTTP sessions')
    .description(
      'Judges HTTP sessions that were recorded against the service, or against a server: test-proxy JSON, VCR YAML, HAR.',
    )
    .argument('<paths...>', 'files, and folders with all that is in them')
    .option('--strict', 'divergences from inferred rules fail too')
    .option(
      '--baseline <file>',
      `known divergences, or none (default: ./${OWN_RECORDINGS_BASELINE} if it is there, else none)`,
    )
    .option(
      '--update-baseline',
      `write what was found to ./${OWN_RECORDINGS_BASELINE}, or to the file given by --baseline`,
    )
    .option('--fail-on-gone', 'baseline entries that no longer diverge fail too')
    .option('--by-rule', 'tell for each rule how many exchanges nothing else explains')
    .option('--json', 'one JSON document instead of text, for programs')
    .option(
      '--out <folder>',
      `where verification.ndjson, verification.json, junit.xml and summary.md go (default: nowhere)`,
    )
    .option('--quiet', 'only the verdict, what could not be read, and what is new')
    .action(async (paths: readonly string[], flags: VerifyFlags) => {
      // Other commands need nothing of it.
      const { judgeRecordings } = await import('./judge-recordings.ts')
      process.exitCode = await judgeRecordings(paths, flags)
    })
}
