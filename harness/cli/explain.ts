import { Command } from 'commander'
import type { ExplainFlags } from './explaining/answer-question.ts'

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
    .action(async (texts: readonly string[], flags: ExplainFlags) => {
      // Other commands need nothing of it.
      const { answerQuestion } = await import('./explaining/answer-question.ts')
      answerQuestion(texts, flags)
    })
}
