import type { ServiceVersion } from '../../../model/service-version.ts'
import type { Use } from '../../../model/uses.ts'
import { canonicalQuery } from '../shared-key.ts'

/** What a kind of request looks like on the wire, apart from names, ids and times. */
export interface WireShape {
  readonly method: Method
  readonly parameters: Parameters
  /** With its question mark. */
  readonly query: string
  /** The query as a Shared Key signature covers it. */
  readonly canonicalQuery: string
  /** Names in lower case and values in turn. */
  readonly headers: readonly string[]
  readonly body: Buffer | undefined
  /** Headers that some version brought. */
  readonly later: LaterHeaders | undefined
  /** How the resource is named that the request copies from or moves. */
  readonly source: SourceHeader | undefined
}

/** The requests for some uses. */
export type Shapes = Readonly<Partial<Record<Use, WireShape>>>

export type Method = 'GET' | 'HEAD' | 'PUT' | 'DELETE'
export type Parameters = readonly Parameter[]
export type Parameter = readonly [name: string, value: string]

export interface LaterHeaders {
  readonly from: ServiceVersion
  readonly headers: readonly string[]
}

export interface SourceHeader {
  readonly header: 'x-ms-copy-source' | 'x-ms-file-rename-source'
  /** Whether the server reads the source as anybody would, so that its URL has to carry a signature. */
  readonly signed: boolean
}

type Parts = Partial<Pick<WireShape, 'headers' | 'later' | 'source'>> & { readonly body?: string | Buffer }

/** A kind of request, with everything worked out that is the same each time. */
export function shape(method: Method, parameters: Parameters, parts: Parts = {}): WireShape {
  const { headers = [], body, later, source } = parts
  return {
    method,
    parameters,
    query: queryOf(parameters),
    canonicalQuery: canonicalQuery(parameters),
    headers,
    body: typeof body === 'string' ? Buffer.from(body) : body,
    later,
    source,
  }
}

/** Both texts of a query that has a parameter more than its kind of request. */
export function queriesWith(
  { parameters }: WireShape,
  parameter: Parameter,
): Pick<WireShape, 'query' | 'canonicalQuery'> {
  const all = [...parameters, parameter]
  return { query: queryOf(all), canonicalQuery: canonicalQuery(all) }
}

export const comp = (value: string): Parameter => ['comp', value]

function queryOf(parameters: Parameters): string {
  return parameters.map(([name, value], i) => `${i === 0 ? '?' : '&'}${name}=${encodeURIComponent(value)}`).join('')
}
