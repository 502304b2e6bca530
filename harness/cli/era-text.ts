import { ERAS, type Era } from '../../model/service-version.ts'

/** Eras of a guard as people say it: `the version is 2013-08-15 or later`. */
export function eraText(eras: readonly Era[]): string {
  const [first, last] = [ERAS.indexOf(eras[0]!), ERAS.indexOf(eras.at(-1)!)]
  const next = ERAS[last + 1]
  if (last - first + 1 !== eras.length) return `the version is of ${eras.join(' or ')}`
  if (first === 0) return next === undefined ? 'the version is any' : `the version is before ${next}`
  return `the version is ${ERAS[first]} or later${next === undefined ? '' : ` and before ${next}`}`
}
