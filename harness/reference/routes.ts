import { invalidParameter, type Refusal, refusal } from './answer.ts'
import { BLOB_ROUTES } from './blobs/routes.ts'
import { FILE_ROUTES } from './files/routes.ts'
import type { Address, StorageRequest } from './request.ts'
import type { Route } from './route.ts'

const ROUTES = { blob: new Map(Object.entries(BLOB_ROUTES)), file: new Map(Object.entries(FILE_ROUTES)) }
const METHODS = ['GET', 'HEAD', 'PUT', 'DELETE']

/** Finds the operation that a request asks for. What has no HEAD of its own answers it as it answers GET, without the body. */
export function findRoute(request: StorageRequest): Route | Refusal {
  const { method, service } = request
  const what = subjectOf(request)
  const routes = ROUTES[service]
  const found = routes.get(`${method} ${what}`) ?? (method === 'HEAD' ? routes.get(`GET ${what}`) : undefined)
  if (found === undefined) return unknown(request, what)
  return typeof found === 'function' ? found(request) : found
}

/** What the path and the query name, as the tables of routes write it. */
function subjectOf({ service, address, query }: StorageRequest): string {
  const restype = query.get('restype')?.toLowerCase()
  const comp = query.get('comp')?.toLowerCase()
  const level = levelOf(service, address, restype)
  const words = restype === undefined || restype === level ? '' : ` restype=${restype}`
  return comp === undefined ? level + words : `${level}${words} comp=${comp}`
}

function levelOf(service: StorageRequest['service'], { root, name }: Address, restype: string | undefined): string {
  if (root === '') return 'service'
  if (service === 'blob') return name === '' ? 'container' : 'blob'
  if (restype === 'directory') return 'directory'
  return name === '' && restype === 'share' ? 'share' : 'file'
}

function unknown({ method, query, service }: StorageRequest, what: string): Refusal {
  const others = METHODS.filter((other) => ROUTES[service].has(`${other} ${what}`))
  if (others.length > 0 || !METHODS.includes(method)) {
    return { ...refusal(405, 'UnsupportedHttpVerb'), headers: { allow: others.join(', ') } }
  }
  if (query.has('comp')) return invalidParameter('comp', query.get('comp')!)
  if (query.has('restype')) return invalidParameter('restype', query.get('restype')!)
  return refusal(400, 'InvalidUri')
}
