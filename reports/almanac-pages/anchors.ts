import { anchorOf } from '../anchor.ts'

export { anchorOf }

/** A relative link from one page to another, or to a heading there. Paths are relative to the almanac's folder. */
export function hrefFrom(page: string, to: string, heading?: string): string {
  const anchor = heading === undefined ? '' : `#${anchorOf(heading)}`
  if (page === to && anchor !== '') return anchor
  const [from, target] = [page.split('/').slice(0, -1), to.split('/')]
  let common = 0
  while (common < from.length && from[common] === target[common]) common++
  return `${'../'.repeat(from.length - common)}${target.slice(common).join('/')}${anchor}`
}
