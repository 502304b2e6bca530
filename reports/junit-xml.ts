import { XMLBuilder } from 'fast-xml-parser'
import { printable } from './printable.ts'

/** Something that passes or fails in a JUnit report. */
export interface JunitCase {
  readonly suite: string
  readonly name: string
  readonly durationMs: number
  readonly outcome: JunitOutcome
  /** What is shown for the case if somebody opens it. */
  readonly text?: string
}

export type JunitOutcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failure' | 'error' | 'skipped'; readonly message: string }

export const PASSED: JunitOutcome = { kind: 'passed' }

export interface JunitReport {
  readonly cases: readonly JunitCase[]
  readonly durationMs: number
  /** ISO 8601. */
  readonly startedAt: string
  /** What one of the suites says of the whole report. */
  readonly properties: { readonly suite: string; readonly values: Readonly<Record<string, string>> }
}

/** JUnit XML, as GitHub, Azure Pipelines and Jenkins read it. */
export function junitXml({ cases, durationMs, startedAt, properties }: JunitReport): string {
  const suites = [...Map.groupBy(cases, ({ suite }) => suite)]
  const xml = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    format: true,
    suppressEmptyNode: true,
  }).build({
    testsuites: {
      '@name': 'leasecheck',
      ...totals(cases),
      '@time': seconds(durationMs),
      testsuite: suites.map(([name, members]) => ({
        '@name': name,
        ...totals(members),
        '@timestamp': startedAt,
        ...(name === properties.suite ? { properties: { property: propertyElements(properties.values) } } : {}),
        testcase: members.map(caseElement),
      })),
    },
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`
}

function propertyElements(values: JunitReport['properties']['values']): object[] {
  return Object.entries(values).map(([name, value]) => ({ '@name': name, '@value': printable(value) }))
}

function totals(cases: readonly JunitCase[]): Record<string, string> {
  const counted = (kind: JunitOutcome['kind']) => String(cases.filter(({ outcome }) => outcome.kind === kind).length)
  return {
    '@tests': String(cases.length),
    '@failures': counted('failure'),
    '@errors': counted('error'),
    '@skipped': counted('skipped'),
    '@time': seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  }
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3)
}

function caseElement({ suite, name, durationMs, outcome, text = '' }: JunitCase): object {
  const lines = text.split('\n').map(printable).join('\n').trimEnd()
  const attributes = { '@classname': printable(suite), '@name': printable(name), '@time': seconds(durationMs) }
  if (outcome.kind === 'passed') return { ...attributes, 'system-out': lines }
  const message = { '@message': printable(outcome.message) }
  if (outcome.kind === 'skipped') return { ...attributes, skipped: message, 'system-out': lines }
  return {
    ...attributes,
    [outcome.kind]: { ...message, '@type': outcome.kind === 'failure' ? 'divergence' : 'incomplete', '#text': lines },
  }
}
