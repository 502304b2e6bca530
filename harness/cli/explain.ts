import { Command } from 'commander'
import { wordsOf } from '../campaign/words.ts'
import { UsageError } from '../errors.ts'
import { explanation, sourceLines } from './explanation.ts'
import { say } from './terminal.ts'
import { type Topic, topicsFor } from './topics.ts'

export function explainCommand(): Command {
  return new Command('explain')
    .summary('tell what is right, and how we know')
    .description(
      'Tells what is right: the rules for some words, how sure they are and why, and who is known to break them.',
    )
    .argument('<words...>', 'e.g. blob renew expired, share delete leased, LeaseIdMissing, or client acquire for SDKs')
    .option('--json', 'an array of rules, for programs')
    .action(explain)
}

function explain(words: readonly string[], flags: { readonly json?: true }): void {
  const topics = topicsFor(wordsOf(words))
  if (topics.length === 0) {
    throw new UsageError(
      `no rule has all of these words: ${words.join(' ')}; try fewer, e.g. a kind, an operation, a state, an error code`,
    )
  }
  say(flags.json ? JSON.stringify(topics.map(asJson), null, 2) : told(topics))
}

function told(topics: readonly Topic[]): string {
  const sources = sourceLines(topics)
  return [...topics.map(explanation), ...(sources.length === 0 ? [] : [sources.join('\n')])].join('\n\n')
}

function asJson(topic: Topic): object {
  const { about, id, targets } = topic
  switch (topic.about) {
    case 'server':
    case 'client':
      return { about, ...topic.rule, targets }
    case 'property': {
      const { sentence, evidence } = topic.property
      return { about, id, sentence, evidence, targets }
    }
    case 'operation':
      return { about, id, ...topic.use, targets }
    default:
      return topic satisfies never
  }
}
