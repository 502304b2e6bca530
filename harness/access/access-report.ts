import type { Family } from '../../model/resource.ts'
import type { Level } from '../../model/rules/evidence.ts'
import { restDriver } from '../drivers/rest.ts'
import { newRunName } from '../leftovers/run-name.ts'
import type { Endpoint } from '../targets/target.ts'
import { accessCases } from './access-case.ts'
import { AskingBySas } from './asking-by-sas.ts'
import { checkAccess } from './check-access.ts'

/** Whether lease operations are refused to whoever lacks the permission, and change nothing then. */
export interface AccessReport {
  /** How many operations were tried, each with a signature of one letter. */
  readonly cases: number
  readonly divergences: readonly {
    readonly rule: string
    /** What the signature permitted. */
    readonly letter: string
    readonly field: string
    readonly expected: string
    readonly observed: string
    readonly level: Level
  }[]
  /** Containers and shares that could not be removed, with the reason. */
  readonly leftBehind: readonly string[]
}

export interface AccessOptions {
  /** Asked by its key, which signs what is tried. */
  readonly endpoint: Endpoint
  readonly key: string
  readonly kinds: readonly Family[]
  readonly apiVersion: string
  readonly isVirtual: boolean
}

/** Tries every lease operation with every single permission, on resources of its own. */
export async function reportOnAccess(options: AccessOptions): Promise<AccessReport> {
  const { endpoint, key, kinds, apiVersion, isVirtual } = options
  const cases = accessCases(kinds, apiVersion)
  const owner = restDriver({ endpoint, apiVersion })
  const asking = new AskingBySas(endpoint, key, apiVersion)
  const leftBehind: string[] = []
  const divergences: AccessReport['divergences'][number][] = []
  try {
    const check = {
      owner,
      asking: asking.driverFor,
      version: apiVersion,
      instant: isVirtual ? Math.floor(Date.now() / 1000) * 1000 : undefined,
      prefix: newRunName(),
      leftBehind: (name: string, hindrance: string) => void leftBehind.push(`${name} (${hindrance})`),
    }
    for await (const { asked, divergences: found } of checkAccess(cases, check))
      for (const each of found) divergences.push({ rule: asked.rule.id, letter: asked.letter, ...each })
  } finally {
    await Promise.all([owner.close(), asking.close()])
  }
  return { cases: cases.length, divergences, leftBehind }
}
