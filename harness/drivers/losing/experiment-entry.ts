import type { RetriedCall, Try } from '../../../model/client/retries/retried-call.ts'
import { surpriseOf } from '../../../model/client/retries/surprise.ts'
import { type LeaseIdArgument, leaseIdArgument } from '../../../model/lease-id.ts'
import { nameOfId } from '../../../model/scenario.ts'
import type { RetryExperiment, RetryTry } from '../../../reports/retries.ts'
import { EVERY_TIME } from './experiment.ts'
import type { PlayedExperiment } from './play-experiment.ts'

/** What came of an experiment, as it is published: ids by their names, and no instants. */
export function experimentEntry({ experiment, call, after }: PlayedExperiment): RetryExperiment {
  const { family: kind, text, state, loss, policy } = experiment
  const names = new IdNames()
  const surprise = surpriseOf(call)
  const { 'x-ms-lease-state': leaseState, 'x-ms-lease-duration': duration } = after?.headers ?? {}
  return {
    kind,
    call: text,
    state,
    lost: loss.part,
    everyTime: loss.times === EVERY_TIME,
    policy,
    tries: call.tries.map((each, place) => tryEntry(each, call.tries[place - 1], names)),
    ended: endingOf(call),
    ...rememberedBy(call, names),
    after: {
      ...(leaseState === undefined ? {} : { state: leaseState }),
      ...(duration === undefined ? {} : { duration }),
    },
    ...(surprise === undefined ? {} : { surprise }),
  }
}

function tryEntry({ operation, host, lost, answer, sentMs }: Try, before: Try | undefined, names: IdNames): RetryTry {
  const { leaseId, proposedLeaseId } = operation
  return {
    host,
    afterSeconds: before === undefined ? 0 : Math.round((sentMs - before.sentMs) / 100) / 10,
    ...(leaseId.given === 'none' ? {} : { leaseId: names.of(leaseId) }),
    ...(proposedLeaseId.given === 'none' ? {} : { proposedLeaseId: names.of(proposedLeaseId) }),
    ...(lost === undefined ? {} : { lost }),
    ...(answer === undefined
      ? {}
      : { answered: { status: answer.status, ...(answer.code === undefined ? {} : { code: answer.code }) } }),
  }
}

function endingOf({ account: { returned } }: RetriedCall): RetryExperiment['ended'] {
  if (returned.kind === 'returned') return { with: 'result' }
  const { errorName: error, because, status, code } = returned
  const told = { ...(status === undefined ? {} : { status }), ...(code === undefined ? {} : { code }) }
  return { with: 'error', error, because, ...told }
}

function rememberedBy({ account: { remembered } }: RetriedCall, names: IdNames): Pick<RetryExperiment, 'remembered'> {
  if (remembered === undefined) return {}
  const { before, after } = remembered
  return {
    remembered: {
      ...(before === '' ? {} : { before: names.of(leaseIdArgument(before)) }),
      ...(after === '' ? {} : { after: names.of(leaseIdArgument(after)) }),
    },
  }
}

/** Names for lease ids: ours have one, and those that the library made get one. */
class IdNames {
  readonly #own: string[] = []

  of(argument: LeaseIdArgument): string {
    const text = argument.given === 'guid' ? argument.id : argument.given === 'none' ? '' : argument.text
    const known = nameOfId(text)
    if (known !== undefined) return known
    if (!this.#own.includes(text)) this.#own.push(text)
    const place = this.#own.indexOf(text)
    return place === 0 ? 'own' : `own ${place + 1}`
  }
}
