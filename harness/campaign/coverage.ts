import type { Machine, Visit } from '../../model/machine.ts'
import { isReadBack, operationsOf } from '../../model/operation.ts'
import { LEVELS } from '../../model/rules/evidence.ts'
import { isWait } from '../../model/scenario.ts'
import type { Play } from '../../properties/play.ts'
import type { Footer } from '../../reports/results.ts'
import type { Scope } from './scope.ts'

type Counted = 'judged' | 'crossings' | 'steps' | 'readBacks'
/** The part of a footer that speaks of what was exercised. */
export type Covered = Pick<Footer, 'cells' | 'rules' | 'operations' | Counted>

/** What a run has exercised, of what the machines say can be reached. */
export class Coverage {
  readonly cells = new Set<string>()
  readonly #rules = new Set<string>()
  readonly #operations = new Set<string>()
  readonly judged = { settled: 0, documented: 0, inferred: 0, open: 0 }
  steps = 0
  readBacks = 0
  crossings = 0

  add({ trace, verdicts }: Play): void {
    for (const [place, verdict] of verdicts.entries()) {
      const { call } = trace[place]!
      if (isWait(call)) continue
      this.steps++
      this.#operations.add(call.do)
      if (isReadBack(call.do)) this.readBacks++
      if (verdict.crossed) this.crossings++
      for (const rule of verdict.rules ?? []) this.#rules.add(rule)
      if (verdict.cell !== undefined) this.cells.add(verdict.cell)
      for (const level of LEVELS) this.judged[level] += verdict.judged[level]
    }
  }

  /** Cells that can be reached and were not; `masked` says which bucket stands in the way of a cell, if one does. */
  report(
    machines: readonly Machine[],
    wanted: (visit: Visit) => boolean,
    masked: (cell: string) => string | undefined,
  ): Covered {
    const visits = visitsIn(machines, wanted)
    const missing = visits.filter(({ cell }) => !this.cells.has(cell)).map(({ cell }) => ({ cell, by: masked(cell) }))
    const rules = [...new Set(visits.flatMap((visit) => visit.rules))]
    const missingRules = rules.filter((rule) => !this.#rules.has(rule))
    const isMasked = (rule: string) =>
      visits.every((visit) => !visit.rules.includes(rule) || masked(visit.cell) !== undefined)
    return {
      cells: {
        reachable: visits.length,
        reached: visits.length - missing.length,
        masked: missing.flatMap(({ cell, by }) => (by === undefined ? [] : [{ cell, by }])),
        unreached: missing.flatMap(({ cell, by }) => (by === undefined ? [cell] : [])),
      },
      rules: {
        reachable: rules.length,
        reached: rules.length - missingRules.length,
        masked: missingRules.filter(isMasked),
        unreached: missingRules.filter((rule) => !isMasked(rule)),
      },
      ...this.#exercised(machines),
    }
  }

  /** The same of a shard, which cannot tell what all of them do not reach. */
  part({ machines, wanted, selected }: Pick<Scope, 'machines' | 'wanted' | 'selected'>): Covered {
    const visits = visitsIn(machines, wanted)
    const isMet = ({ cell }: Visit) => this.cells.has(cell)
    const byTheWay = visitsIn(machines, (visit) => selected(visit) && !wanted(visit) && isMet(visit))
    const reached = visits.filter(isMet).length
    const rules = new Set(visits.flatMap((visit) => visit.rules))
    const met = [...this.#rules].sort()
    const rulesReached = met.filter((rule) => rules.has(rule)).length
    return {
      cells: {
        reachable: visits.length,
        reached,
        masked: [],
        unreached: [],
        ...(byTheWay.length === 0 ? {} : { byTheWay: byTheWay.map(({ cell }) => cell) }),
      },
      rules: { reachable: rules.size, reached: rulesReached, masked: [], unreached: [], met },
      ...this.#exercised(machines),
    }
  }

  /** Adds cells that shards have met. */
  addCells(cells: readonly string[]): void {
    for (const cell of cells) this.cells.add(cell)
  }

  /** Adds what a shard has exercised, but for its cells, which its footer does not name. */
  addShard(shard: Pick<Footer, 'rules' | 'operations' | Counted>): void {
    for (const rule of shard.rules.met ?? []) this.#rules.add(rule)
    for (const name of shard.operations.exercised) this.#operations.add(name)
    for (const level of LEVELS) this.judged[level] += shard.judged[level]
    this.steps += shard.steps
    this.readBacks += shard.readBacks
    this.crossings += shard.crossings
  }

  #exercised(machines: readonly Machine[]): Pick<Footer, 'operations' | Counted> {
    return {
      operations: {
        known: [...new Set(machines.flatMap(({ kind }) => operationsOf(kind)))],
        exercised: [...this.#operations].sort(),
      },
      judged: { ...this.judged },
      crossings: this.crossings,
      steps: this.steps,
      readBacks: this.readBacks,
    }
  }
}

function visitsIn(machines: readonly Machine[], wanted: (visit: Visit) => boolean): readonly Visit[] {
  return machines.flatMap((machine) => [...machine.visits.values()]).filter(wanted)
}
