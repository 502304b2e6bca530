import { createHmac, createSecretKey } from 'node:crypto'

/** What a Shared Key signature covers of one request. */
export interface SignedRequest {
  readonly method: string
  /** As it stands in the request line, percent-encoded, without the query. */
  readonly path: string
  /** What `canonicalQuery` made of the query. */
  readonly query: string
  /** Bytes of the body. */
  readonly contentLength: number
  /** Names in lower case and values in turn. Headers that are not to be signed do no harm. */
  readonly headers: readonly string[]
}

/** Gives the value of the `authorization` header. */
export type Signer = (request: SignedRequest) => string

/** The headers that are signed by place, in this order; content-length, which comes from the body, stands third. */
export const PLACED_HEADERS: readonly string[] = [
  'content-encoding',
  'content-language',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'if-modified-since',
  'if-match',
  'if-none-match',
  'if-unmodified-since',
  'range',
]
const CONTENT_LENGTH_PLACE = PLACED_HEADERS.indexOf('content-length')

/** Signs for an account of the blob service. Source: "Authorize with Shared Key", version 2015-02-21 and later. */
export function sharedKeySigner(account: string, key: string): Signer {
  const secret = createSecretKey(Buffer.from(key, 'base64'))
  return (request) => {
    const signature = createHmac('sha256', secret).update(stringToSign(account, request)).digest('base64')
    return `SharedKey ${account}:${signature}`
  }
}

/** The text that is signed. */
export function stringToSign(account: string, request: SignedRequest): string {
  const { headers } = request
  const placed = PLACED_HEADERS.map(() => '')
  const own: number[] = []
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i]!
    if (name.startsWith('x-ms-')) own.push(i)
    else if (PLACED_HEADERS.includes(name)) placed[PLACED_HEADERS.indexOf(name)] = headers[i + 1]!
  }
  // A length of nothing is signed as nothing.
  placed[CONTENT_LENGTH_PLACE] = request.contentLength === 0 ? '' : String(request.contentLength)
  // An address with the account in its path (an emulator's) names the account twice.
  return `${request.method}\n${placed.join('\n')}\n${linesOf(own, headers)}/${account}${request.path}${request.query}`
}

/** The headers at some places, in order of name; one that was sent twice is signed as HTTP joins it. */
function linesOf(places: number[], headers: readonly string[]): string {
  places.sort((left, right) => {
    const [name, other] = [headers[left]!, headers[right]!]
    return name < other ? -1 : name > other ? 1 : left - right
  })
  let lines = ''
  let last: string | undefined
  for (const i of places) {
    const value = headers[i + 1]!.trim()
    lines += headers[i] === last ? `, ${value}` : `${last === undefined ? '' : '\n'}${headers[i]}:${value}`
    last = headers[i]
  }
  return last === undefined ? '' : `${lines}\n`
}

/** The part of the signed text that stands for the query; made once per kind of request. */
export function canonicalQuery(parameters: readonly (readonly [name: string, value: string])[]): string {
  return parameters
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `\n${name.toLowerCase()}:${value}`)
    .join('')
}
