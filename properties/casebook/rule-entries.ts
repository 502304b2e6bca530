import { type FeatureName, valuesFor } from '../../model/features.ts'
import type { LeaseAction } from '../../model/operation.ts'
import { KINDS, type ResourceKind } from '../../model/resource.ts'
import type { Claim, Evidence, Level } from '../../model/rules/evidence.ts'
import type { HeaderClaim, Outcome, Rule } from '../../model/rules/rule.ts'
import { ERAS, type Era } from '../../model/service-version.ts'
import { USES } from '../../model/uses.ts'
import { type Case, casebook } from './casebook.ts'

/** A rule told in words, with the cells that it decides. */
export interface RuleEntry extends RuleInWords {
  readonly cases: readonly Case[]
}

/** A rule told in words. */
export interface RuleInWords {
  readonly rule: Rule
  /** What it is about, e.g. `renew on a blob`. */
  readonly about: string
  /** When it applies, one condition each; none means always. */
  readonly when: readonly string[]
  /** What may be answered; none means that the layer has no objection. */
  readonly outcomes: readonly (readonly FieldEntry[])[]
  /** What else may be answered, where that is not known. */
  readonly otherwise: string | undefined
}

/** One field of an outcome. */
export interface FieldEntry {
  readonly field: string
  readonly holds: string
  readonly level: Level
  readonly evidence: readonly Evidence[]
}

/** Every rule of the model, in its order. Made once and kept. */
export function ruleEntries(): readonly RuleEntry[] {
  if (entries === undefined) {
    const { rules, cases } = casebook()
    const decided = Map.groupBy(cases, ({ decidedBy }) => decidedBy)
    entries = rules.map((rule) => ({ ...ruleInWords(rule), cases: decided.get(rule) ?? [] }))
  }
  return entries
}

let entries: readonly RuleEntry[] | undefined

/** A rule as people can read it. Cheap, since its cells are not looked for. */
export function ruleInWords(rule: Rule): RuleInWords {
  const { classes, kind, when, expect, also, layer } = rule
  const { era, ...rest } = when
  return {
    rule,
    about: `${aboutText(rule)} on a ${KINDS[kind].noun}`,
    when: [
      ...Object.entries(rest).map(
        ([name, values]) =>
          `${FEATURE_WORDS[name as FeatureName]}: ${valuesInWords(name as FeatureName, values, kind)}`,
      ),
      ...(era === undefined ? [] : [eraInWords(era)]),
    ],
    outcomes: expect.map((outcome) => fieldsOf(outcome)),
    otherwise: also === undefined ? undefined : otherwiseText(also, layer),
  }

  function aboutText({ kind }: Rule): string {
    const actions = classes.filter((each) => ACTIONS.has(each))
    const uses = classes.filter((each) => !ACTIONS.has(each) && each in CLASS_WORDS).map((each) => CLASS_WORDS[each])
    const known = new Set(Object.values(USES).flatMap((use) => (use.kind === kind ? [CLASS_WORDS[use.class]] : [])))
    return [...actions, ...uses.filter((each) => known.has(each!))].join(', ')
  }
}

/** A long list of values is told by those that are not in it. */
function valuesInWords(name: FeatureName, values: readonly string[], kind: ResourceKind): string {
  const others = valuesFor(kind, name).filter((value) => !values.includes(value))
  const isLong = values.length > 3 && others.length < values.length
  if (!isLong) return values.map(quotedIfMany).join(' or ')
  return others.length === 0 ? 'any' : `any but ${others.map(quotedIfMany).join(' and ')}`
}

/** A value that holds a comma is no list. */
function quotedIfMany(value: string): string {
  return value.includes(', ') ? `"${value}"` : value
}

const ACTIONS: ReadonlySet<string> = new Set<LeaseAction>(['acquire', 'renew', 'change', 'release', 'break'])

/** Classes of uses as readers know them. */
export const CLASS_WORDS: Readonly<Record<string, string>> = {
  observe: 'reading that reports the lease',
  read: 'reading',
  'read blocks': 'reading the block list',
  'read tags': 'reading the tags',
  list: 'listing',
  snapshot: 'taking a snapshot',
  write: 'writing',
  append: 'appending',
  seal: 'sealing',
  create: 'creating or overwriting',
  stage: 'adding blocks',
  mark: 'setting tags or tier',
  copy: 'copying onto it',
  abort: 'aborting a copy',
  rename: 'renaming another onto it',
  make: 'creating',
  delete: 'deleting',
  undelete: 'undeleting',
  lease: 'a lease request without a known action',
}

const FEATURE_WORDS: Readonly<Record<FeatureName, string>> = {
  existence: 'the resource is',
  state: 'lease state',
  term: 'duration of the lease',
  leaseId: 'lease id that is sent',
  proposedLeaseId: 'proposed lease id',
  duration: 'lease duration that is sent',
  breakPeriod: 'break period against the time left',
  numberForm: 'form of the number',
  stray: 'headers of another action',
  action: 'lease action',
  condition: 'conditional header',
  conditionOn: 'which conditional header',
  sourceLease: 'lease of the source',
  parentLease: 'lease of the base blob or share',
  sealed: 'sealed',
  snapshots: 'snapshots',
  deletion: 'deletion of the same name',
  snapshotOption: 'x-ms-delete-snapshots',
  era: 'version',
}

/** The versions of a guard, for readers. */
export function eraInWords(eras: readonly Era[]): string {
  const [first, last] = [ERAS.indexOf(eras[0]!), ERAS.indexOf(eras.at(-1)!)]
  const next = ERAS[last + 1]
  if (first === 0) return next === undefined ? 'any version' : `versions before ${next}`
  return next === undefined ? `version ${ERAS[first]} or later` : `version ${ERAS[first]} or later, before ${next}`
}

function otherwiseText(also: NonNullable<Rule['also']>, layer: Rule['layer']): string {
  if (also === 'later refusals') return 'the refusal of a later check, if there is one'
  return layer === 'syntax' || layer === 'condition'
    ? 'as if the header had not been sent'
    : 'as if this rule were not there'
}

function fieldsOf({ status, code, headers, next, clock }: Outcome): readonly FieldEntry[] {
  const field = (name: string, claimed: Claim<unknown>, holds = claimed.values.join(' or ')): FieldEntry => ({
    field: name,
    holds,
    level: claimed.level,
    evidence: claimed.evidence,
  })
  return [
    field('status', status),
    ...(code.values.every((value) => value === 'none') ? [] : [field('code', code)]),
    ...headers.map((each) => field(each.header, each, headerText(each))),
    field('lease', next, next.values.map((value) => (value === 'stays' ? 'as before' : value)).join(' or ')),
    ...(next.values[0] === 'stays' || clock.values[0] === 'none' ? [] : [field('deadline', clock)]),
  ]
}

function headerText({ values, from, before }: HeaderClaim): string {
  const since = from === undefined ? '' : `, from version ${from} on`
  const until = before === undefined ? '' : `, before version ${before}`
  return `${values.join(' or ')}${since}${until}`
}
