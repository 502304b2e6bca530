import { ASKING_FAULTS } from './asking-faults.ts'
import { DELIVERING_FAULTS } from './delivering-faults.ts'
import type { Fault } from './fault.ts'
import { KEEPING_FAULTS } from './keeping-faults.ts'
import { LOSING_FAULTS } from './losing-faults.ts'
import { TELLING_FAULTS } from './telling-faults.ts'

/** What client libraries do wrong: each has to be found. */
export const FAULTS: readonly Fault[] = [
  ...ASKING_FAULTS,
  ...DELIVERING_FAULTS,
  ...TELLING_FAULTS,
  ...KEEPING_FAULTS,
  ...LOSING_FAULTS,
]
