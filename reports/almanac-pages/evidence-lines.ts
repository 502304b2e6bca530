import type { Evidence } from '../../model/rules/evidence.ts'
import { SOURCES, type SourceKey } from '../../model/rules/sources.ts'
import { count } from '../counting.ts'
import { kindText } from '../evidence-text.ts'
import { code, link, plain } from '../markdown-text.ts'
import type { RecordingExamples } from './almanac-data.ts'

/** One reason to believe a claim; its source is linked by reference, see `sourceLinks`. */
export function evidenceLine(evidence: Evidence): string {
  const { source } = evidence
  const kind = kindText(evidence)
  const note = evidence.note === undefined ? '' : `: ${plain(evidence.note)}`
  const named = isLinked(source) ? `[${plain(titleOf(source))}][${source}]` : plain(titleOf(source))
  return `${named}${kind === '' ? '' : ` (${kind})`}${note}`
}

/** Said so often that it is said shortly. */
function titleOf(source: SourceKey): string {
  return source === 'recordings' ? 'Recorded sessions' : SOURCES[source].title
}

function isLinked(source: SourceKey): boolean {
  return SOURCES[source].where !== ''
}

/** Where the sources that a page refers to are: to stand at its end. */
export function sourceLinks(lines: readonly string[]): readonly string[] {
  const text = lines.join('\n')
  const used = (Object.keys(SOURCES) as SourceKey[]).filter((key) => text.includes(`][${key}]`))
  return used.length === 0 ? [] : ['', ...used.map((key) => `[${key}]: ${SOURCES[key].where}`)]
}

/** Reasons in a few words: `documented, 43 recorded exchanges`. */
export function evidenceBrief(all: readonly Evidence[]): string {
  if (all.length === 0) return 'none'
  const brief = all.map((each) => kindText(each) || 'our deduction')
  return [...new Set(brief)].join(', ')
}

/** Public recordings in which a rule was seen to decide, if that was counted. */
export function recordingLines(rule: string, recordings: RecordingExamples): readonly string[] {
  const found = Object.hasOwn(recordings, rule) ? recordings[rule]! : undefined
  if (found === undefined || found.exchanges === 0) return []
  const examples = found.examples.map(exampleText)
  const shown = examples.length === 0 ? '' : `, e.g. ${examples.join('; ')}`
  return [`Decided ${count(found.exchanges, 'exchange')} of the public recordings that were judged${shown}.`, '']
}

/** `owner/name:path#place`: the repository is linked, since files move inside it. */
function exampleText(example: string): string {
  const named = /^([\w.-]+\/[\w.-]+):(.+)$/.exec(example)
  if (named === null) return code(example)
  const [, repository, path] = named
  return `${link(repository!, `https://github.com/${repository}`)} ${code(path!)}`
}
