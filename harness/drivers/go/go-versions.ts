import { UsageError } from '../../errors.ts'

const MODULES = 'github.com/Azure/azure-sdk-for-go/sdk/storage'
const VERSION = /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/

/**
 * The versions of modules of the SDK that the user asked for, as `go mod edit -replace` takes them: another module may ask for
 * newer ones, and would get them otherwise.
 * @param asked of azblob, or of azblob and azfile as in `1.6.0,1.5.2`
 * @throws UsageError if these are no versions.
 */
export function replacements(asked: string | undefined): readonly string[] {
  if (asked === undefined) return []
  const versions = asked.split(',').map((each) => VERSION.exec(each.trim())?.[1])
  if (versions.length > 2 || versions.includes(undefined)) {
    throw new UsageError(
      `--sdk-version ${asked} names no versions of azblob and azfile: give one of azblob, as in 1.6.0, or of both, as in 1.6.0,1.5.2`,
    )
  }
  return ['azblob', 'azfile']
    .slice(0, versions.length)
    .map((name, i) => `${MODULES}/${name}=${MODULES}/${name}@v${versions[i]}`)
}

/** The oldest Go that the text of a go.mod is for. */
export function neededGo(manifest: string): string {
  return /^go (\S+)$/m.exec(manifest)![1]!
}

/** Whether a Go, by what `go env GOVERSION` says of it, is older than a version. What is no release is taken for new. */
export function isOlderGo(version: string, than: string): boolean {
  const [is, wanted] = [version.replace(/^go/, ''), than].map((text) => text.split('.').map(Number.parseFloat)) as [
    number[],
    number[],
  ]
  const differing = wanted.findIndex((part, i) => part !== (is[i] ?? 0))
  return differing >= 0 && (is[differing] ?? 0) < wanted[differing]!
}

/** The build tags of the driver for a version of azblob: what that version lacks is left out. */
export function buildTags(asked = ''): readonly string[] {
  return /^v?1\.0\./.test(asked) ? ['-tags', 'azblob1_0'] : []
}
