import { LEASE_ACTIONS, type OperationClass } from '../../operation.ts'
import { type Claim, claim, doc, inferred, inPart } from '../../rules/evidence.ts'
import { RETRY_POLICIES, type RetryPolicy } from '../documented.ts'
import type { RetryExpectation, RetryField, RetryRule } from './retry-rule.ts'

export const RETRY_PREFIX = 'client.retries.'

/** Lease actions, and reading the lease back, which may go to a secondary. */
const CLASSES: readonly OperationClass[] = [...LEASE_ACTIONS, 'observe']

type Expecting = readonly [field: RetryField, expect: Claim<RetryExpectation>]

const ONCE: Claim<RetryExpectation> = claim(
  'exactly one',
  doc('js-retry-options', 'maxTries of 1 means one try and no retries'),
  doc('python-blob-package', 'retry_total=0 means no retries'),
  doc('go-retry-options', 'MaxRetries below zero means one try and no retries'),
)

const BOUNDED: Claim<RetryExpectation> = claim(
  'no more than documented',
  doc('js-retry-options', 'maxTries is 4 by default'),
  doc('python-retry', 'retry_total is 3 by default'),
  doc('python-blob-package', 'retry_connect and retry_read are 3 by default'),
  doc('go-retry-options', 'MaxRetries is 3 by default'),
)

const SAME: Claim<RetryExpectation> = claim(
  'the same every time',
  inferred('who proposes another lease id with each try is locked out by the lease that the first try got'),
)

/** Half an answer is none: what it lacks may be what matters. */
const HALF_HEARD: Claim<RetryExpectation> = claim<RetryExpectation>(
  ['an error of the connection', 'an error from the service'],
  inPart(doc('http-incomplete', 'of an answer that ends within its headers')),
  inferred('an answer that ends too soon is none, unless its headers are whole and refuse'),
)

const KEPT: Claim<RetryExpectation> = claim('unchanged', inferred('nothing is known to have changed'))

/** What clients have to do when requests or answers get lost. */
export const RETRY_RULES: readonly RetryRule[] = RETRY_POLICIES.flatMap((policy) =>
  CLASSES.flatMap((of) =>
    expected(policy, of).map(([field, expect]) => ({
      id: `${RETRY_PREFIX}${policy}.${of}.${field.replaceAll(' ', '-')}`,
      policy,
      of,
      field,
      expect,
    })),
  ),
)

const BY_CALL = Map.groupBy(RETRY_RULES, ({ policy, of }) => `${policy} ${of}`)

/** The rules for calls of a class under a retry policy. */
export function retryRulesFor(policy: RetryPolicy, of: OperationClass): readonly RetryRule[] {
  return BY_CALL.get(`${policy} ${of}`) ?? []
}

/** Whether a rule is about what happens when requests or answers get lost. */
export function isRetryRule(id: string): boolean {
  return id.startsWith(RETRY_PREFIX)
}

function expected(policy: RetryPolicy, of: OperationClass): readonly Expecting[] {
  const tries: readonly Expecting[] =
    policy === 'none'
      ? [['requests', ONCE]]
      : [
          ['requests', BOUNDED],
          ['request', SAME],
        ]
  // Reads may be sent to a secondary by whoever is told to.
  const host: readonly Expecting[] = of === 'observe' && policy === 'to-secondary' ? [] : [['host', hostOf(of)]]
  return [...tries, ...host, ['outcome', HALF_HEARD], ['remembered lease id', KEPT]]
}

function hostOf(of: OperationClass): Claim<RetryExpectation> {
  return of === 'observe'
    ? claim('the primary', doc('js-retry-options', 'without a secondary host nothing is sent to another host'))
    : claim('the primary', doc('storage-redundancy', 'the secondary can be read and not written'))
}
