import type { z } from 'zod'

/** What is wrong with data that a schema refused, as a clause that names the place: `entries[3].until is "soon"; ...`. */
export function complaint(error: z.ZodError, data: unknown): string {
  const issue = error.issues[0]!
  const place = placeText(issue.path)
  const found = at(data, issue.path)
  if (issue.code === 'unrecognized_keys') {
    return `${place} has the unknown key ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}; remove it or correct its spelling`
  }
  const expected = expectation(issue)
  if (found === undefined) return `${place} is missing; expected ${expected}`
  return `${place} is ${brief(found)}; expected ${expected}`
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${/^[aeio]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ')
    case 'too_small':
      return issue.origin === 'string' ? 'some text' : `at least ${issue.minimum}`
    case 'invalid_format':
      return issue.format === 'date' ? 'a date like 2026-12-31' : `text in the format ${issue.format}`
    case 'invalid_union':
      return 'a value that this version of leasecheck knows'
    default:
      return issue.message
  }
}

function placeText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'it'
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('')
}

function at(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], data)
}

function brief(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 40)}...` : text
}
