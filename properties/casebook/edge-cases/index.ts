import { BREAKING } from './breaking.ts'
import type { EdgeCase } from './edge-case.ts'
import { IDS } from './ids.ts'
import { KINDS_COMPARED } from './kinds.ts'
import { RENEWING } from './renewing.ts'
import { TIME } from './time.ts'

/** The questions by topic, those that people get wrong most often first. */
export const EDGE_CASES: readonly { readonly topic: string; readonly cases: readonly EdgeCase[] }[] = [
  { topic: 'Renewing and acquiring again', cases: RENEWING },
  { topic: 'Breaking', cases: BREAKING },
  { topic: 'Lease ids', cases: IDS },
  { topic: 'Time', cases: TIME },
  { topic: 'Kinds of resources', cases: KINDS_COMPARED },
]
