import { ABORT, METADATA, TEXT, TEXT_TYPE } from './content.ts'
import { comp, type LaterHeaders, type Shapes, shape } from './shape.ts'

export const FILE_BYTES = 512
const FILE_TYPE = ['x-ms-content-type', 'text/plain']

/** What a file has of SMB, which has to be said from this version on, until 2021-06-08. Source: Create File. */
function smbProperties(permission: string, attributes: string, time: string): LaterHeaders {
  return {
    from: '2019-02-02',
    headers: [
      ...['x-ms-file-permission', permission],
      ...['x-ms-file-attributes', attributes],
      ...['x-ms-file-creation-time', time],
      ...['x-ms-file-last-write-time', time],
    ],
  }
}

/** Requests about a file. Sources: the REST pages named by the titles of the operations. */
export const FILE_SHAPES = {
  getFile: shape('GET', []),
  getFileProperties: shape('HEAD', []),
  getFileMetadata: shape('GET', [comp('metadata')]),
  listRanges: shape('GET', [comp('rangelist')]),
  setFileMetadata: shape('PUT', [comp('metadata')], { headers: METADATA }),
  setFileProperties: shape('PUT', [comp('properties')], {
    headers: FILE_TYPE,
    later: smbProperties('preserve', 'preserve', 'preserve'),
  }),
  putRange: shape('PUT', [comp('range')], {
    headers: ['x-ms-write', 'update', 'x-ms-range', `bytes=0-${TEXT.length - 1}`, ...TEXT_TYPE],
    body: TEXT,
  }),
  clearRange: shape('PUT', [comp('range')], {
    headers: ['x-ms-write', 'clear', 'x-ms-range', `bytes=0-${FILE_BYTES - 1}`],
  }),
  createFile: shape('PUT', [], {
    headers: ['x-ms-type', 'file', 'x-ms-content-length', String(FILE_BYTES), ...FILE_TYPE],
    later: smbProperties('inherit', 'None', 'now'),
  }),
  copyFile: shape('PUT', [], { source: { header: 'x-ms-copy-source', signed: false } }),
  abortCopyFile: shape('PUT', ABORT.parameters, { headers: ABORT.headers }),
  renameFile: shape('PUT', [comp('rename')], {
    headers: ['x-ms-file-rename-replace-if-exists', 'true'],
    source: { header: 'x-ms-file-rename-source', signed: false },
  }),
  deleteFile: shape('DELETE', []),
  leaseFile: shape('PUT', [comp('lease')]),
} as const satisfies Shapes
