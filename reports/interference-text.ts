import { count } from './counting.ts'
import type { Footer } from './results.ts'

/** How often a server that is not ours did not simply answer, and what that means. */
export function interferenceText({ busy, unanswered }: NonNullable<Footer['interference']>): string {
  return [
    ...(busy === 0 ? [] : [`${count(busy, 'request')} refused as too busy, and asked again more slowly`]),
    ...(unanswered === 0 ? [] : [`${count(unanswered, 'request')} never answered, with unknown outcome`]),
    'none of it is a divergence',
  ].join('; ')
}
