/** What requests carry: as little as is valid. */

/** The content of blobs, blocks and ranges of files. */
export const TEXT = 'leasecheck'
export const TEXT_TYPE = ['content-type', 'text/plain'] as const
export const XML_TYPE = ['content-type', 'application/xml'] as const

/** Page blobs are made of pages of this size. Source: Put Page. */
export const PAGE_BYTES = 512
export const PAGE = Buffer.alloc(PAGE_BYTES, TEXT)
export const FIRST_PAGE = `bytes=0-${PAGE_BYTES - 1}`

/** The id of the one block that is ever staged: base64, as ids of blocks are. */
export const BLOCK_ID = Buffer.from(TEXT).toString('base64')

export const METADATA = ['x-ms-meta-leasecheck', 'set'] as const

const XML = '<?xml version="1.0" encoding="utf-8"?>'

/** Commits no block, which is valid whatever was staged, and leaves an empty blob. Source: Put Block List. */
export const NO_BLOCKS = `${XML}<BlockList />`
export const NO_POLICIES = `${XML}<SignedIdentifiers />`

export function tagsXml([name, value]: readonly [name: string, value: string]): string {
  return `${XML}<Tags><TagSet><Tag><Key>${name}</Key><Value>${value}</Value></Tag></TagSet></Tags>`
}

/** The copy that is aborted: none has this id. */
export const COPY_ID = '1ea5ec4e-0000-4000-8000-000000000000'
export const ABORT = {
  parameters: [
    ['comp', 'copy'],
    ['copyid', COPY_ID],
  ],
  headers: ['x-ms-copy-action', 'abort'],
} as const
