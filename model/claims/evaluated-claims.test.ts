import { describe, expect, test } from 'vitest'
import { isClientRule } from '../client/client-rules.ts'
import { compile, replacing } from '../compiled-rules.ts'
import { RESOURCE_KINDS } from '../resource.ts'
import { type Claim, claim, type Level } from '../rules/evidence.ts'
import { RULES } from '../rules/index.ts'
import { SOURCES } from '../rules/sources.ts'
import type { Check, DocumentedClaim } from './documented-claim.ts'
import { CLAIMS } from './documented-claims.ts'
import { endingsOf } from './endings.ts'
import { evaluateCheck, scenarioOf } from './evaluate-check.ts'
import { evaluateClaim, evaluatedClaims, OVERALL_VERDICTS } from './evaluated-claims.ts'

const COMPILED = compile(RULES)
const byKind = (claimed: DocumentedClaim, kinds: readonly string[]) =>
  typeof claimed.verdict === 'string'
    ? Object.fromEntries(kinds.map((kind) => [kind, claimed.verdict]))
    : claimed.verdict
const evaluated = (id: string, rules = COMPILED) => {
  const found = evaluateClaim(rules, CLAIMS.find((each) => each.id === id)!)
  return { ...found, byKind: Object.fromEntries(found.kinds.map(({ kind, verdict }) => [kind, verdict])) }
}
const changed = (id: string, edit: (rule: (typeof RULES)[number]) => Partial<(typeof RULES)[number]>) => {
  const rule = RULES.find((each) => each.id === id)!
  return replacing(COMPILED, { ...rule, ...edit(rule) })
}

describe('what the author of a claim found is what the model says:', () => {
  test.each(CLAIMS.map((each) => [each.id, each] as const))('%s', (id, claimed) => {
    const { byKind: found, kinds } = evaluated(id)
    expect(found).toEqual(
      byKind(
        claimed,
        kinds.map(({ kind }) => kind),
      ),
    )
  })
})

describe('a rule that says something else', () => {
  test('turns the verdict', () => {
    const rules = changed('blob.lease.write.leased.another-id', ({ expect: [told] }) => ({
      expect: [{ ...told!, status: claim<number | 'success'>(409) }],
    }))
    expect(evaluated('wrong-id-on-write-is-409', rules).byKind.blob).toBe('true')
    expect(evaluated('wrong-id-on-write-is-409', rules).verdict).toBe('only for some kinds')
    expect(evaluated('mismatch-code-is-412', rules).byKind.blob).toBe('false')
  })

  test('turns what is true of a container only', () => {
    const rules = changed('container.write', () => ({
      expect: RULES.find(({ id }) => id === 'blob.write.ended')!.expect,
    }))
    expect(evaluated('renew-after-expiry-unless-leased-again', rules).byKind).toMatchObject({ container: 'false' })
    expect(evaluated('renew-after-expiry-unless-leased-again', rules).verdict).toBe('false')
  })

  test('as one that permits both leaves it open', () => {
    const rules = changed('blob.renew.expired.held', ({ expect: [told] }) => ({
      expect: [{ ...told!, status: { ...told!.status, values: [200, 409] } }],
    }))
    const { kinds } = evaluated('renew-after-expiry-if-untouched', rules)
    expect(kinds[0]).toMatchObject({ kind: 'blob', verdict: 'open', openBecause: 'several answers are permitted' })
  })
})

describe('the verdict is as sure', () => {
  const withLevels = (levels: Readonly<Record<string, Level>>) =>
    Object.entries(levels).reduce((rules, [id, level]) => {
      const rule = RULES.find((each) => each.id === id)!
      const sure = <T>(claimed: Claim<T>): Claim<T> => ({ ...claimed, level })
      const outcomes = rule.expect.map(({ status, code, headers, next, clock }) => ({
        status: sure(status),
        code: sure(code),
        headers,
        next: sure(next),
        clock: sure(clock),
      }))
      return replacing(rules, { ...rule, expect: outcomes })
    }, COMPILED)
  const levelOf = (id: string, levels: Readonly<Record<string, Level>>) => {
    return evaluated(id, withLevels(levels)).kinds.find(({ kind }) => kind === 'blob')!.level
  }

  test('as the surest check that refutes it', () => {
    const levels = { 'blob.break.broken': 'inferred', 'blob.break.expired': 'documented' } as const
    expect(levelOf('break-needs-an-active-lease', levels)).toBe('documented')
  })

  test('as the least sure check that it needs to be true', () => {
    const levels = { 'blob.break.expired': 'settled', 'blob.renew.broken.held': 'inferred' } as const
    expect(levelOf('break-ends-renewability', levels)).toBe('inferred')
  })

  test('as what a step before did to the lease', () => {
    expect(levelOf('write-resets-ended-blob-lease', { 'blob.write.ended': 'inferred' })).toBe('inferred')
    const { rules } = evaluated('write-resets-ended-blob-lease').kinds[0]!
    expect(rules.map(({ id }) => id)).toEqual(['blob.observe', 'blob.write.ended'])
  })

  test('and at most inferred within a second of a deadline', () => {
    const at = (ms: number): Check => ({
      ask: 'the server',
      kinds: ['blob'],
      steps: `acquire,proposed=A,duration=15/wait,deadline+${ms}ms/acquire,proposed=B,duration=15`,
      expects: { status: 201 },
    })
    expect(evaluateCheck(COMPILED, at(0), 'blob')).toMatchObject({ verdict: 'true', level: 'inferred' })
    expect(evaluateCheck(COMPILED, at(1000), 'blob').level).not.toBe('inferred')
  })

  test('and no surer than what the rules rest on allows', () => {
    const file = evaluated('directories-need-the-lease-of-the-share').kinds.find(({ kind }) => kind === 'file')
    expect(file).toMatchObject({ verdict: 'false', level: 'inferred' })
  })
})

describe('the claims', () => {
  const checks = CLAIMS.flatMap(({ id, checks: own }) => own.map((check) => [id, check] as const))

  test('have names of their own, fit for an anchor', () => {
    expect(new Set(CLAIMS.map(({ id }) => id)).size).toBe(CLAIMS.length)
    expect(CLAIMS.filter(({ id }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([])
  })

  test('name a verdict for the kinds that they check, and no other', () => {
    for (const each of CLAIMS) {
      const kinds = RESOURCE_KINDS.filter((kind) => each.checks.some((check) => check.kinds.includes(kind)))
      expect(Object.keys(byKind(each, kinds)).sort(), each.id).toEqual([...kinds].sort())
    }
  })

  test('say who claims it, and where that can be read', () => {
    for (const { id, says } of CLAIMS) {
      expect(says.length, id).toBeGreaterThan(0)
      for (const { source } of says) expect(SOURCES[source].where, id).toMatch(/^https:/)
    }
  })

  test('rest on rules that there are, but for what is beyond the model', () => {
    const ids = new Set(RULES.map(({ id }) => id))
    for (const { id, kinds } of evaluatedClaims(COMPILED)) {
      for (const { rules, openBecause } of kinds) {
        if (openBecause === 'beyond the model') continue
        expect(rules.length, id).toBeGreaterThan(0)
        for (const rule of rules) expect(ids.has(rule.id) || isClientRule(rule.id), `${id}: ${rule.id}`).toBe(true)
      }
    }
  })

  test('get to the step that they are about: nothing is refused before it', () => {
    const refused = checks.flatMap(([id, check]) =>
      check.ask !== 'the server'
        ? []
        : check.kinds
            .flatMap((kind) => endingsOf(COMPILED, scenarioOf(check, kind), check.version))
            .flatMap((ending) => ending.slice(0, -1))
            .filter(({ answers }) => answers[0]!.status >= 300)
            .map(() => id),
    )
    // A renewal that carries a duration may be refused; the claim is about the lease afterwards.
    expect(new Set(refused)).toEqual(new Set(['renewal-keeps-the-duration']))
  })

  test('stand with the most surprising first', () => {
    const ranks = evaluatedClaims(COMPILED).map(({ verdict }) => OVERALL_VERDICTS.indexOf(verdict))
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
    expect(evaluatedClaims(COMPILED).length).toBe(CLAIMS.length)
  })

  test('are evaluated once', () => {
    expect(evaluatedClaims(COMPILED)).toBe(evaluatedClaims(COMPILED))
    expect(evaluatedClaims()).toBe(evaluatedClaims())
    expect(evaluatedClaims()).toEqual(evaluatedClaims(COMPILED))
  })
})

describe('a check', () => {
  test('of an operation that the model does not have has to be made once it has', () => {
    const check = (operation: string): Check => ({ ask: 'nobody', kinds: ['share'], why: 'no directories', operation })
    expect(evaluateCheck(COMPILED, check('Create Directory'), 'share').verdict).toBe('open')
    expect(() => evaluateCheck(COMPILED, check('Put Blob'), 'share')).toThrow(/the model has Put Blob/)
  })

  test('cannot be about what no rule speaks of', () => {
    const about = (steps: string, header: 'x-ms-lease-time'): Check => ({
      ask: 'the server',
      kinds: ['blob'],
      steps,
      expects: { headers: { [header]: '0' } },
    })
    expect(() => evaluateCheck(COMPILED, about('{read}', 'x-ms-lease-time'), 'blob')).toThrow(/says nothing of/)
    expect(() => evaluateCheck(COMPILED, about('wait,5ms', 'x-ms-lease-time'), 'blob')).toThrow(/no operation/)
    expect(() => evaluateCheck(COMPILED, about('{reed}', 'x-ms-lease-time'), 'blob')).toThrow(/no operation/)
  })

  test('tells what is permitted where nobody knows', () => {
    const file = evaluated('lease-file-renews').kinds[0]!
    expect(file).toMatchObject({ verdict: 'open', openBecause: 'nobody knows', level: 'open' })
    expect(file.checks[0]!.permitted).toEqual(['400 or 405 or 409 or 412 with a code that is not known'])
    expect(file.checks[0]!.token).toBe('lc1/file/acquire,proposed=A,duration=-1/renew,id=A')
  })
})
