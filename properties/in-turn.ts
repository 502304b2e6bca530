import { operationsLike } from '../model/inputs.ts'
import type { OperationStep } from '../model/scenario.ts'

/** The same input through the operation of its class whose turn it is. */
export function inTurn(input: OperationStep, turn: () => number): OperationStep {
  const alike = operationsLike(input.do)
  const next = alike.length === 1 ? input.do : alike[turn() % alike.length]!
  return next === input.do ? input : { ...input, do: next }
}
