import { Command } from 'commander'
import { painter } from '../../reports/terminal/paint.ts'
import { UsageError } from '../errors.ts'
import { answerJson, walkthroughJson } from './explaining/answer-json.ts'
import { answerText } from './explaining/answer-text.ts'
import { findingsFor, isEmpty } from './explaining/findings.ts'
import { type Question, questionOf } from './explaining/question.ts'
import { suggestionsFor } from './explaining/suggestions.ts'
import { walkthrough, walkthroughLines } from './explaining/walkthrough.ts'
import { coloured, say } from './terminal.ts'

interface ExplainFlags {
  readonly all?: boolean
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  leasecheck explain renew after expiry                what people ask, answered kind by kind
  leasecheck explain blob renew expired                a kind, an action, a state, in any order
  leasecheck explain LeaseIdMismatchWithLeaseOperation an error code, or a part of one
  leasecheck explain Set Container Metadata            an operation, as Azure's pages name it
  leasecheck explain "If-None-Match: *"                a header
  leasecheck explain blob.renew.expired.another        the rule that a divergence names
  leasecheck explain lc1/blob/acquire,duration=15      a replay token: step by step what is right
  leasecheck explain claims breaking                   what documents claim, and whether it is so
  leasecheck explain gaps container                    what nobody knows, and what would tell
  leasecheck explain divergences azurite list          what known targets do otherwise
  leasecheck explain client acquire                    what a client library has to do`

export function explainCommand(): Command {
  return new Command('explain')
    .summary('tell what is right, and how we know')
    .description(
      'Tells what is right: edge cases, rules with their evidence, claims of documents, gaps, and who is known to differ.',
    )
    .argument('<words...>', 'what it is about; a replay token is walked through')
    .option('--all', 'everything that fits in full, and not only what fits best')
    .option('--json', 'everything that fits as one JSON document, for programs')
    .addHelpText('after', EXAMPLES)
    .action(explain)
}

function explain(texts: readonly string[], { all = false, json = false }: ExplainFlags): void {
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
