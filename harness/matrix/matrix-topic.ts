import { isClientRule } from '../../model/client/client-rules.ts'
import { readToken } from '../../model/notation.ts'
import { classOf, OPERATION_NAMES, type OperationName } from '../../model/operation.ts'
import { isWait } from '../../model/scenario.ts'
import type { Bucket } from '../../reports/results.ts'
import type { Topic } from '../../reports/topic-tally.ts'

/** What a line of the matrix is about, from the topic of a cell: lease operations by name, uses by their class. */
export function matrixTopicNamed(topic: string): Topic {
  const [kind = '', ...rest] = topic.replace(/ \((?:append|page)\)/, '').split(' ')
  const name = rest.join(' ')
  return { kind, operation: isOperation(name) ? classOf(name) : name }
}

/** What a divergence is about: the step of its scenario that went otherwise. */
export function matrixTopicOf({ rule, scenario, story }: Pick<Bucket, 'rule' | 'scenario' | 'story'>): Topic {
  const read = readToken(scenario)
  if ('scenario' in read) {
    const { steps, world } = read.scenario
    const step = steps[story.findLastIndex(({ diverged }) => diverged)] ?? steps.at(-1)
    const kind = world.find(({ name }) => name === step?.on)?.kind
    if (step !== undefined && !isWait(step) && kind !== undefined) return { kind, operation: classOf(step.do) }
  }
  const [kind = '', operation = ''] = (isClientRule(rule) ? rule.slice(rule.indexOf('.') + 1) : rule).split('.')
  return { kind, operation }
}

function isOperation(name: string): name is OperationName {
  return OPERATION_NAMES.some((each) => each === name)
}
