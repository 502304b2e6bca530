import { blobEffectRules } from './blob-effects.ts'
import { containerEffectRules } from './container-effects.ts'
import { copyEffectRules } from './copies.ts'
import type { Rule } from './rule.ts'
import { stagingRules } from './staging.ts'

/** What a use does once nothing refuses it. */
export function effectRules(kind: 'blob' | 'container'): readonly Rule[] {
  return kind === 'blob' ? [...blobEffectRules(), ...stagingRules(), ...copyEffectRules()] : containerEffectRules()
}
