import { type Answer, isRefusal, xmlBody } from '../answer.ts'
import { byCodeUnits } from '../blobs/list-blobs.ts'
import type { Call } from '../call.ts'
import { page, readListQuery } from '../listing.ts'
import { element, escaped, nameElement, XML_HEAD } from '../xml.ts'
import { directoryIn, readTree } from './directories.ts'
import { fileResourceName, keyOf, nameOf } from './place.ts'
import type { Entry, Tree } from './store.ts'

interface Listed {
  readonly name: string
  readonly entry: Entry
}

/** List Directories and Files. Unlike other listings it tells nothing about leases. */
export function listDirectory(call: Call): Answer {
  const { account, request } = call
  const tree = readTree(call)
  if (isRefusal(tree)) return tree
  const { root, name } = request.address
  const directory = directoryIn(tree, name)
  if (isRefusal(directory)) return directory
  const query = readListQuery(request)
  if (isRefusal(query)) return query
  const listed = page(childrenOf(tree, name, query.prefix), query)
  const entries = listed.entries.map(({ entry }) => entryElement(call, entry, query.include)).join('')
  const endpoint = `http://${request.headers.host ?? ''}/${account.credential.account}/`
  const attributes = `ServiceEndpoint="${escaped(endpoint)}" ShareName="${escaped(root)}" DirectoryPath="${escaped(directory.path)}"`
  return xmlBody(
    200,
    `${XML_HEAD}<EnumerationResults ${attributes}>${query.echo}<Entries>${entries}</Entries>${element('NextMarker', listed.next ?? '')}${element('DirectoryId', directory.id)}</EnumerationResults>`,
  )
}

function childrenOf(tree: Tree, path: string, prefix: string): readonly Listed[] {
  const above = path === '' ? '' : `${keyOf(path)}/`
  const wanted = above + keyOf(prefix)
  const children: Listed[] = []
  for (const [key, entry] of tree) {
    if (key === '' || !key.startsWith(wanted) || key.includes('/', above.length)) continue
    children.push({ name: nameOf(key), entry })
  }
  return children.sort((left, right) => byCodeUnits(left.name, right.name))
}

const TIMES = [
  ['CreationTime', 'x-ms-file-creation-time'],
  ['LastWriteTime', 'x-ms-file-last-write-time'],
  ['ChangeTime', 'x-ms-file-change-time'],
] as const

function entryElement({ account, request }: Call, entry: Entry, include: ReadonlySet<string>): string {
  const resource =
    entry.type === 'directory'
      ? entry
      : (entry.frozen ?? account.files.ledger.find(fileResourceName(request.address.root, entry.path)))
  const properties = [
    entry.type === 'file' ? element('Content-Length', entry.bytes.sizeBytes) : '',
    ...(include.has('timestamps')
      ? [
          ...TIMES.map(([name, header]) => element(name, entry.smb[header])),
          element('Last-Modified', resource?.lastModified),
        ]
      : []),
    include.has('etag') ? element('Etag', resource?.etag) : '',
  ]
  const more =
    (include.has('attributes') ? element('Attributes', entry.smb['x-ms-file-attributes']) : '') +
    (include.has('permissionkey') ? element('PermissionKey', entry.smb['x-ms-file-permission-key']) : '')
  const tag = entry.type === 'directory' ? 'Directory' : 'File'
  return `<${tag}>${nameElement(nameOf(entry.path))}${element('FileId', entry.id)}<Properties>${properties.join('')}</Properties>${more}</${tag}>`
}
