import type { Guard } from '../../features.ts'
import type { LeaseAction, OperationClass } from '../../operation.ts'
import type { Era } from '../../service-version.ts'
import { type Claim, claim, doc, type Evidence, inPart } from '../evidence.ts'
import type { Outcome, Rule } from '../rule.ts'
import { before, changedIn, erasBefore, from } from './eras.ts'
import { oldestLeaseRules } from './oldest-leases.ts'
import { withHeadersOfTheirVersions } from './version-headers.ts'

/** From this version on the leases of blobs are those that we know, and Copy Blob goes on by itself. */
const OUR_LEASES: Era = '2012-02-12'
/** From this version on an id is refused that comes with a blob that is not there. */
const IDS_OF_NOTHING: Era = '2013-08-15'

/** The rules of blobs as they hold in every version, given those of the newest. */
export function oldBlobRules(newest: readonly Rule[]): readonly Rule[] {
  const oldest = oldestLeaseRules().map((rule) => before(OUR_LEASES, withHeadersOfTheirVersions(rule)))
  const rules = [...newest.flatMap(withOurLeases), ...oldest]
  return rules.flatMap((rule) => (refusesIdOfNothing(rule) ? idOfNothing(rule, rules) : [rule]))
}

/** The actions that have tables of their own before our leases. */
const OTHERWISE: Readonly<Partial<Record<Rule['layer'], readonly LeaseAction[]>>> = {
  syntax: ['acquire', 'change', 'break'],
  transition: ['acquire', 'break'],
}

function withOurLeases(rule: Rule): readonly Rule[] {
  const { layer, classes, when } = rule
  const isOf = (of: OperationClass) => classes.every((each) => each === of)
  if (OTHERWISE[layer]?.some(isOf)) return [from(OUR_LEASES, rule)]
  if (layer === 'transition' && isOf('renew') && when.state?.includes('available')) return [from(OUR_LEASES, rule)]
  if (!isOf('copy')) return [rule]
  if (layer === 'transition') return changedIn(OUR_LEASES, rule, { expect: rule.expect.map(copiedAtOnce) })
  // A copy that is over when it is answered cannot outlast the lease.
  const needsInfinite = layer === 'lease' && rule.expect.length > 0 && when.leaseId?.includes('held')
  const isHeld = needsInfinite && !when.state?.includes('broken')
  return isHeld ? changedIn(OUR_LEASES, rule, { expect: [] }) : [rule]
}

function copiedAtOnce(outcome: Outcome): Outcome {
  if (outcome.status.values[0] !== 'success') return outcome
  return { ...outcome, status: claim<number | 'success'>(201, doc('copy-blob', `before version ${OUR_LEASES}`)) }
}

/** What makes a blob ignored the id of a lease that could not be; it then does what it does where nothing is. */
function idOfNothing(rule: Rule, all: readonly Rule[]): readonly Rule[] {
  const { also: _also, ...refusing } = rule
  return [
    from(IDS_OF_NOTHING, rule),
    ...erasBefore(IDS_OF_NOTHING).map((era) => ({
      ...refusing,
      id: `${rule.id}.${era.replace(' ', '-')}`,
      when: { ...rule.when, era: [era] },
      expect: effectOnNothing(rule.classes, era, all),
    })),
  ]
}

function refusesIdOfNothing({ kind, layer, classes, when }: Rule): boolean {
  const makes = classes.every((of) => of === 'create' || of === 'copy')
  return kind === 'blob' && layer === 'existence' && makes && when.leaseId?.includes('fresh') === true
}

function effectOnNothing(classes: readonly OperationClass[], era: Era, all: readonly Rule[]): readonly Outcome[] {
  const nothing: Guard = { existence: ['absent'], state: ['available'], term: ['none'], era: [era] }
  const effect = all.find(
    ({ layer, classes: ofRule, when }) =>
      layer === 'transition' && classes.every((of) => ofRule.includes(of)) && admits(when, nothing),
  )
  if (effect === undefined) throw new Error(`no rule says what ${classes.join(' or ')} does where nothing is`)
  const page = doc(classes.includes('copy') ? 'copy-blob' : 'put-blob', ID_IGNORED)
  return effect.expect.map((outcome) => unrecorded(outcome, page))
}

const ID_IGNORED = 'from version 2013-08-15 on the id is refused; before, it was ignored'

/** The recordings of the effect are of requests without the id of a lease that could not be. */
function unrecorded({ status, code, headers, next, clock }: Outcome, page: Evidence): Outcome {
  const documented = <C extends Claim<unknown>>(of: C): C => {
    const evidence = [page, ...of.evidence.map(inPart)]
    return { ...of, evidence, level: of.level === 'open' ? 'open' : 'documented' }
  }
  return {
    status: documented(status),
    code: documented(code),
    headers: headers.map(documented),
    next: documented(next),
    clock: documented(clock),
  }
}

function admits(guard: Guard, values: Guard): boolean {
  return Object.entries(values).every(([name, [value]]) => {
    const wanted: readonly string[] | undefined = guard[name as keyof Guard]
    return wanted === undefined || wanted.includes(value!)
  })
}
