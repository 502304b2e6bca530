/** The tags of a blob, by name. */
export type Tags = ReadonlyMap<string, string>

export const NO_TAGS: Tags = new Map()

const COMPARISON = /\s*(?:"([^"]+)"|([A-Za-z_][A-Za-z0-9_]*))\s*(=|<>|>=|<=|>|<)\s*'([^']*)'\s*/y
const LINK = /(AND|OR)\b/iy

/**
 * Whether tags fulfil an expression such as `"status" = 'open' AND "year" >= '2020'`; undefined if it is none. AND binds
 * closer than OR, and there are no parentheses. Source: "Specifying conditional headers for Blob service operations".
 */
export function isTagged(expression: string, tags: Tags): boolean | undefined {
  let fulfilled = false
  let group = true
  let position = 0
  for (;;) {
    COMPARISON.lastIndex = position
    const comparison = COMPARISON.exec(expression)
    if (comparison === null) return undefined
    const [, quoted, plain, operator, value] = comparison
    group = group && compares(tags.get((quoted ?? plain)!), operator!, value!)
    position = COMPARISON.lastIndex
    if (position === expression.length) return fulfilled || group
    LINK.lastIndex = position
    const link = LINK.exec(expression)
    if (link === null) return undefined
    position = LINK.lastIndex
    if (link[1]!.toUpperCase() === 'OR') {
      fulfilled ||= group
      group = true
    }
  }
}

function compares(tag: string | undefined, operator: string, value: string): boolean {
  if (tag === undefined) return operator === '<>'
  switch (operator) {
    case '=':
      return tag === value
    case '<>':
      return tag !== value
    case '>':
      return tag > value
    case '>=':
      return tag >= value
    case '<':
      return tag < value
    default:
      return tag <= value
  }
}
