import { FAMILIES, type Family, KINDS } from '../../model/resource.ts'
import { UsageError } from '../errors.ts'
import { readTargetName } from '../targets/open-target.ts'

/**
 * The kinds that a target has. Azurite has no file service; of a server given by URL we know only the services whose URLs
 * were given.
 * @throws UsageError for a name that is no target
 */
export function familiesOn(name: string, fileUrl: string | undefined): readonly Family[] {
  const { target } = readTargetName(name)
  const hasFiles = target === 'reference' || (target === 'url' && fileUrl !== undefined)
  return hasFiles ? FAMILIES : FAMILIES.filter((family) => KINDS[family].service === 'blob')
}

/** @throws UsageError if a kind is asked for that the target does not have. */
export function refuseMissingFamilies(name: string, fileUrl: string | undefined, asked: readonly Family[]): void {
  const having = familiesOn(name, fileUrl)
  const missing = FAMILIES.filter((family) => asked.includes(family) && !having.includes(family))
  if (missing.length === 0) return
  const fix =
    readTargetName(name).target === 'url'
      ? 'add --file-url, the URL of its file service'
      : 'take the target reference, or a server given by URL with --file-url'
  throw new UsageError(`${name} has no ${missing.join(' and ')}: ${fix}`)
}
