import { FAMILIES, type Family, KINDS } from '../../model/resource.ts'
import { UsageError } from '../errors.ts'
import { type Access, type AccessFlags, chooseAccess } from '../targets/credentials/choose-access.ts'
import { entraTokens } from '../targets/credentials/entra.ts'
import { readTargetName } from '../targets/open-target.ts'
import type { Target } from '../targets/target.ts'

/**
 * The kinds that a target has, as far as that is known before it is open. Azurite has no file service; of a server given by
 * URL we know only the services whose URLs were given, or follow from the other.
 * @throws UsageError for a name that is no target
 */
export function familiesOn(name: string, flags: AccessFlags): readonly Family[] {
  const { target } = readTargetName(name)
  const hasFiles = target === 'reference' || (isForeign(target) && fileUrlOn(name, flags) !== undefined)
  return hasFiles ? FAMILIES : FAMILIES.filter((family) => KINDS[family].service === 'blob')
}

/** @throws UsageError if a kind is asked for that the target does not have. */
export function refuseMissingFamilies(name: string, flags: AccessFlags, asked: readonly Family[]): void {
  const having = familiesOn(name, flags)
  const missing = FAMILIES.filter((family) => asked.includes(family) && !having.includes(family))
  if (missing.length === 0) return
  const fix = isForeign(readTargetName(name).target)
    ? 'add --file-url, the URL of its file service'
    : 'take the target reference, or a server given by URL with --file-url'
  throw new UsageError(`${name.split('?')[0]} has no ${missing.join(' and ')}: ${fix}`)
}

/** Of the kinds that were to be checked those that the open target lets us check, and why it keeps the others shut. */
export interface OpenFamilies {
  readonly open: readonly Family[]
  readonly shut: ReadonlyMap<Family, string>
}

/** @throws UsageError if a kind that was asked for by name is shut, or all are. */
export function openFamilies({ closed }: Target, wanted: readonly Family[], byName: boolean): OpenFamilies {
  const shut = new Map(
    wanted.flatMap((family) => (closed?.has(family) ? [[family, closed.get(family)!] as const] : [])),
  )
  const open = wanted.filter((family) => !shut.has(family))
  if (shut.size > 0 && (byName || open.length === 0)) throw new UsageError([...shut.values()][0]!)
  return { open, shut }
}

/** Whether a server is somebody else's. */
function isForeign(target: ReturnType<typeof readTargetName>['target']): boolean {
  return target === 'url' || target === 'account'
}

/** What is wrong with the credential is told when the target is opened: who only lists scenarios needs none. */
function fileUrlOn(name: string, flags: AccessFlags): string | undefined {
  let access: Pick<Access, 'fileUrl'>
  try {
    const around = { env: process.env, nowMs: Date.now(), entra: entraTokens }
    access = chooseAccess(name === 'account' ? undefined : name, flags, around)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    access = { fileUrl: flags.fileUrl }
  }
  return access.fileUrl
}
