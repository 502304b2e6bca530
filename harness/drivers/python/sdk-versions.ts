import { UsageError } from '../../errors.ts'

/** The packages that are checked, and what they are checked with, as pip names them. */
export type Requirements = readonly string[]

/** The newest versions when this was written, which the shipped baselines describe. */
export const PINNED = { blob: '12.31.1', fileShare: '12.27.1' } as const

/**
 * The first two decide how requests are sent and sent again, so they are the same on every machine. Older releases import six,
 * and get it no more, since azure-core does without.
 */
const BESIDE: Requirements = ['azure-core==1.41.0', 'aiohttp==3.14.5', 'six==1.17.0']

/** Both packages come out together, and since blob 12.12 the minor version of file share is lower by this. Source: the package index. */
const MINORS_BETWEEN = 4
const FIRST_MINOR_TOGETHER = 12

/** What to install, and a text for it that a folder can be called by. */
export interface SdkVersions {
  readonly requirements: Requirements
  readonly label: string
}

/**
 * The versions to install.
 * @param asked what the user gave with `--sdk-version`: the version of azure-storage-blob, or that and the one of
 *   azure-storage-file-share behind a comma. Of the version alone follows the newest file share of the same time.
 * @throws UsageError if that is not how versions look, or if nothing follows.
 */
export function sdkVersions(asked: string | undefined): SdkVersions {
  if (asked === undefined) return versions(PINNED.blob, PINNED.fileShare)
  const [blob = '', fileShare, ...more] = asked.split(',')
  if (more.length > 0 || ![blob, fileShare ?? blob].every((text) => VERSION.test(text))) {
    throw new UsageError(
      `--sdk-version ${asked} is no version of the Python SDK; expected the version of azure-storage-blob, as in ${PINNED.blob}, or that and the one of azure-storage-file-share, as in ${PINNED.blob},${PINNED.fileShare}`,
    )
  }
  return versions(blob, fileShare ?? togetherWith(blob))
}

/** A release, or one before a release. */
const VERSION = /^[0-9]+\.[0-9]+\.[0-9]+(?:b[0-9]+)?$/

function togetherWith(blob: string): string {
  if (blob === PINNED.blob) return PINNED.fileShare
  const [major, minor] = blob.split('.').map(Number)
  if (major !== 12 || minor! < FIRST_MINOR_TOGETHER || blob.includes('b')) {
    throw new UsageError(
      `which azure-storage-file-share goes with azure-storage-blob ${blob} is not known; give both, as in --sdk-version ${blob},12.7.0`,
    )
  }
  return `12.${minor! - MINORS_BETWEEN}.*`
}

function versions(blob: string, fileShare: string): SdkVersions {
  return {
    requirements: [`azure-storage-blob==${blob}`, `azure-storage-file-share==${fileShare}`, ...BESIDE],
    label: `blob-${blob}-file-share-${fileShare.replace('.*', '')}`,
  }
}
