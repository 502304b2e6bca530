import { createRequire } from 'node:module'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'

export type BlobPackage = typeof import('@azure/storage-blob')
export type FileSharePackage = typeof import('@azure/storage-file-share')

/** The packages that the driver needs; leasecheck itself comes without them. */
export interface SdkPackages {
  readonly blob: BlobPackage
  readonly fileShare: FileSharePackage
  /** What is checked, for people: `@azure/storage-blob 12.34.0, @azure/storage-file-share 12.33.0`. */
  readonly versions: string
}

const NAMES = { blob: '@azure/storage-blob', fileShare: '@azure/storage-file-share' } as const

/**
 * Loads the SDK that is to be checked.
 * @param places files whose folders are looked in, in turn: the user's project, then beside leasecheck.
 * @throws UsageError that says what to install.
 */
export function loadSdk(places = [join(process.cwd(), 'package.json'), import.meta.url]): SdkPackages {
  const [blob, fileShare] = [found(NAMES.blob, places), found(NAMES.fileShare, places)]
  return {
    blob: blob.exports as BlobPackage,
    fileShare: fileShare.exports as FileSharePackage,
    versions: `${NAMES.blob} ${blob.version}, ${NAMES.fileShare} ${fileShare.version}`,
  }
}

function found(name: string, places: readonly string[]): { readonly exports: unknown; readonly version: string } {
  for (const place of places) {
    const require = createRequire(place)
    try {
      const version = (require(`${name}/package.json`) as { version: string }).version
      return { exports: require(name), version }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  throw new UsageError(
    `--driver js checks the JavaScript SDK, and ${name} is not installed; run: npm install --save-dev ${NAMES.blob} ${NAMES.fileShare}`,
  )
}
