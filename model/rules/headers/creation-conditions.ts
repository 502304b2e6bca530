import type { FeatureValue, Guard } from '../../features.ts'
import type { OperationClass } from '../../operation.ts'
import { claim, doc, inferred, open } from '../evidence.ts'
import { perhaps, type Rule, refusal, refused, rulesOf } from '../rule.ts'
import { ANOTHER, GIVEN, HELD_ANYHOW, LOCKED, NOT_GIVEN, UNLOCKED } from '../vocabulary.ts'
import { TAKEN, unmet } from './unmet-conditions.ts'

/** What may make a blob that is not there, so that its condition may speak of nothing. */
export const CREATIONS: readonly OperationClass[] = ['create', 'copy']

const NOTHING_THERE: readonly FeatureValue<'existence'>[] = ['absent', 'uncommitted', 'parent absent']
const ON_ETAGS: readonly FeatureValue<'conditionOn'>[] = ['nothing', 'if-match', 'if-none-match']
const ON_DATES_AND_TAGS: readonly FeatureValue<'conditionOn'>[] = ['if-modified-since', 'if-unmodified-since', 'tags']

/**
 * Conditions of writes that may create the blob. `If-None-Match: *` asks that they do. The lease is looked at before it, and
 * the id of an active lease waives it: both were recorded, and neither is documented.
 */
export function creationConditions(): readonly Rule[] {
  const rule = rulesOf('blob', 'condition', 'condition')
  const there: Guard = { existence: ['present'], conditionOn: TAKEN }
  const wildcard: Guard = { condition: ['wildcard'], conditionOn: TAKEN }
  return [
    rule('create.met', CREATIONS, { ...there, condition: ['met'] }),
    perhaps('later refusals', rule('create.unmet', CREATIONS, { ...there, condition: ['unmet'] }, unmet(412))),
    ...onNothing(),
    rule('create.wildcard-waived', CREATIONS, { ...wildcard, state: LOCKED, leaseId: HELD_ANYHOW }),
    rule('create.wildcard-while-locked', CREATIONS, {
      ...wildcard,
      state: LOCKED,
      leaseId: [...NOT_GIVEN, ...ANOTHER],
    }),
    rule('create.wildcard-and-id', CREATIONS, { ...wildcard, state: UNLOCKED, leaseId: GIVEN }),
    rule(
      'create.wildcard',
      ['create'],
      { ...wildcard, state: UNLOCKED, leaseId: NOT_GIVEN },
      refused(
        409,
        'BlobAlreadyExists',
        doc('blob-error-codes'),
        inferred('the page on conditional headers says 412 of any condition that does not hold'),
      ),
    ),
    rule(
      'copy.wildcard',
      ['copy'],
      { ...wildcard, state: UNLOCKED, leaseId: NOT_GIVEN },
      refusal(open([409, 412], doc('conditional-headers', '412')), open(['BlobAlreadyExists', 'ConditionNotMet'])),
    ),
  ]
}

/** No ETag is the ETag of nothing. What a date or a tag of nothing is, nobody documents. */
function onNothing(): readonly Rule[] {
  const rule = rulesOf('blob', 'condition', 'condition')
  const etag: Guard = { existence: NOTHING_THERE, conditionOn: ON_ETAGS }
  const undated: Guard = { existence: NOTHING_THERE, conditionOn: ON_DATES_AND_TAGS, condition: ['met', 'unmet'] }
  return [
    rule('create.on-nothing.met', CREATIONS, { ...etag, condition: ['met'] }),
    perhaps(
      'later refusals',
      rule('create.on-nothing.unmet', CREATIONS, { ...etag, condition: ['unmet'] }, unmet(412)),
    ),
    perhaps(
      'whatever follows',
      rule(
        'create.on-nothing.date-or-tags',
        CREATIONS,
        undated,
        refusal(
          claim(412, inferred('a condition that speaks of nothing may hold or not')),
          claim('ConditionNotMet', doc('blob-error-codes')),
        ),
      ),
    ),
  ]
}
