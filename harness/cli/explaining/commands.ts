import { NEWEST_VERSION, type ServiceVersion } from '../../../model/service-version.ts'
import { replayCommand } from '../../../reports/replay-command.ts'

/** Where a command is broken; a token cannot be. */
const WIDEST = 120

/** The command that shows a scenario on the server that keeps the rules. */
export function showing(token: string, version: ServiceVersion = NEWEST_VERSION): string {
  const repeat = ['reference', ...(version === NEWEST_VERSION ? [] : ['--api-version', version])]
  return replayCommand(token, { repeat, target: { name: 'reference', version: '' }, driver: 'rest' })
}

/** A command that can be copied: where it is too wide it goes on in a second line, as shells allow. */
export function commandLines(command: string, margin: number, first = ''): readonly string[] {
  const start = first.padEnd(margin)
  const [, head, rest] = /^(npx leasecheck replay) (.+)$/.exec(command) ?? []
  if (margin + command.length <= WIDEST || head === undefined) return [`${start}${command}`]
  return [`${start}${head} \\`, `${' '.repeat(margin + 2)}${rest}`]
}
