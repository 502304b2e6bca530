import type { CellOutcome } from '../cell-outcome.ts'
import type { KnownTarget } from './almanac-data.ts'

/** A cell and the kind that it is about. */
interface Asked {
  readonly cell: string
  readonly kind: string
}

/** What known targets do otherwise in a cell; empty where all that were asked agree. Versions that do the same stand together. */
export function otherwiseAt(targets: readonly KnownTarget[], { cell, kind }: Asked): string {
  const said = targets.flatMap(({ name, families, outcomeAt }) => {
    if (!families.includes(familyOf(kind))) return []
    const text = outcomeText(outcomeAt(cell))
    return text === '' ? [] : [{ name, text }]
  })
  const together = Map.groupBy(said, ({ text }) => text)
  return [...together]
    .map(
      ([text, those]) =>
        `${namesText(
          those.map(({ name }) => name),
          targets.map(({ name }) => name),
        )}: ${text}`,
    )
    .join('; ')
}

/** What a target does in a cell, if it does not just agree. */
export function outcomeText(outcome: CellOutcome): string {
  switch (outcome.outcome) {
    case 'agreed':
      return ''
    case 'diverged': {
      const all = outcome.divergences.map(({ field, observed }) =>
        field === 'status' ? observed : `${field} ${observed}`,
      )
      return `${all.join(', ')}${outcome.alsoAgreed ? ' (not always)' : ''}`
    }
    case 'masked':
      return 'masked'
    case 'not implemented':
      return 'not implemented'
    case 'not expressible':
      return 'no call'
    case 'not reached':
      return 'not tried'
    default:
      return outcome satisfies never
  }
}

/** The versions of a target that do the same: `azurite` where all known ones do, else `azurite 3.28.0 to 3.33.0, 3.37.0`. */
export function namesText(names: readonly string[], known: readonly string[]): string {
  const own = (all: readonly string[], target: string) => all.filter((name) => targetOf(name) === target)
  return [...new Set(names.map(targetOf))]
    .map((target) => {
      const [some, every] = [own(names, target), own(known, target)]
      if (some.length === every.length) return target
      return `${target} ${runsOf(some, every).map(runText).join(', ')}`.trim()
    })
    .join(' and ')
}

function targetOf(name: string): string {
  return name.split(' ')[0]!
}

function versionOf(name: string): string {
  return name.slice(targetOf(name).length + 1)
}

/** Names that follow one another among those known. */
function runsOf(names: readonly string[], known: readonly string[]): readonly (readonly string[])[] {
  const runs: string[][] = []
  for (const name of names) {
    const previous = runs.at(-1)?.at(-1)
    if (previous !== undefined && known.indexOf(name) === known.indexOf(previous) + 1) runs.at(-1)!.push(name)
    else runs.push([name])
  }
  return runs
}

function runText(run: readonly string[]): string {
  const [first, last] = [versionOf(run[0]!), versionOf(run.at(-1)!)]
  return run.length < 3 ? run.map(versionOf).join(', ') : `${first} to ${last}`
}

function familyOf(kind: string): string {
  return kind.replace('-snapshot', '')
}
