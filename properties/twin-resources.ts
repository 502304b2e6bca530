import type { ResourceName } from '../model/resource.ts'
import { isWait, type OperationStep, type Scenario, type Step } from '../model/scenario.ts'
import { type ResourceSetting, subjectOf } from '../model/world.ts'
import type { Twin } from './twin.ts'

/**
 * The scenario done twice at the same time in one world, step by step in turn. Both doings share what the scenario itself
 * never touches, such as the container of its blob; all else there is twice.
 */
export function besideItself({ world, steps }: Scenario): Twin {
  const doubled = doubledIn(world, steps)
  const copyOf = (name: ResourceName) => (doubled.has(name) ? `${COPY}${name}` : name)
  const both: Step[] = []
  const first: (readonly [number, number])[] = []
  const second: (readonly [number, number])[] = []
  for (const [place, step] of steps.entries()) {
    first.push([place, both.length])
    both.push(step)
    if (isWait(step)) continue
    second.push([place, both.length])
    both.push(onCopies(step, copyOf))
  }
  const shared = world.filter(({ name }) => !doubled.has(name))
  const originals = world.filter(({ name }) => doubled.has(name))
  const copies = originals.map((setting) => copied(setting, copyOf))
  // The subject stays last: steps on it need no name in a token.
  return {
    scenario: { world: [...shared, ...copies, ...originals], steps: both },
    correspondences: [first, second],
  }
}

const COPY = 'other-'

/** Everything that lives below a container or share, and that itself if it is touched; who takes a snapshot touches what it is of. */
function doubledIn(world: readonly ResourceSetting[], steps: readonly Step[]): ReadonlySet<ResourceName> {
  const snapshots = world.filter(({ kind }) => kind === 'blob-snapshot' || kind === 'share-snapshot')
  const touched = new Set<ResourceName>([subjectOf(world).name, ...snapshots.flatMap(({ parent }) => parent ?? [])])
  for (const step of steps) {
    if (isWait(step)) continue
    touched.add(step.on)
    if (step.source !== undefined) touched.add(step.source)
  }
  const isTopTouched = world.some(({ name, parent }) => parent === undefined && touched.has(name))
  return new Set(world.filter(({ parent }) => isTopTouched || parent !== undefined).map(({ name }) => name))
}

function copied(setting: ResourceSetting, copyOf: (name: ResourceName) => ResourceName): ResourceSetting {
  const { name, parent } = setting
  return { ...setting, name: copyOf(name), ...(parent === undefined ? {} : { parent: copyOf(parent) }) }
}

function onCopies(step: OperationStep, copyOf: (name: ResourceName) => ResourceName): OperationStep {
  return { ...step, on: copyOf(step.on), ...(step.source === undefined ? {} : { source: copyOf(step.source) }) }
}
