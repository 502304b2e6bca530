import { painter } from '../../../reports/terminal/paint.ts'
import { UsageError } from '../../errors.ts'
import { coloured, say } from '../terminal.ts'
import { answerJson, walkthroughJson } from './answer-json.ts'
import { answerText } from './answer-text.ts'
import { findingsFor, isEmpty } from './findings.ts'
import { type Question, questionOf } from './question.ts'
import { suggestionsFor } from './suggestions.ts'
import { walkthrough, walkthroughLines } from './walkthrough.ts'

export interface ExplainFlags {
  readonly all?: boolean
  readonly json?: boolean
}

/**
 * Says what is known of the words of a question, or of each step of a replay token.
 * @throws UsageError if nothing fits.
 */
export function answerQuestion(texts: readonly string[], { all = false, json = false }: ExplainFlags): void {
  const token = texts.find((text) => /^lc[0-9]+\//.test(text.trim()))
  if (token !== undefined) {
    const walked = walkthrough(token)
    say(json ? JSON.stringify(walkthroughJson(walked), null, 2) : walkthroughLines(walked).join('\n'))
    return
  }
  const question = questionOf(texts)
  const findings = findingsFor(question)
  if (isEmpty(findings)) throw new UsageError(notFound(question))
  say(
    json
      ? JSON.stringify(answerJson(question, findings), null, 2)
      : answerText(question, findings, all, painter(coloured(process.stdout))),
  )
}

/** That nothing fits, in one line, with what may have been meant. */
function notFound(question: Question): string {
  const { said, isName } = question
  const suggestions = suggestionsFor(question)
  const what = isName ? `there is no rule ${said}` : `nothing is known that has all of these words: ${said}`
  return suggestions.length === 0
    ? `${what}; try fewer, e.g. a kind, an operation, a lease state, an error code`
    : `${what}; did you mean ${suggestions.join(', or ')}?`
}
