/** A request that was carried out. */
export interface Success {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

/** A request that was refused: nothing has changed. */
export interface Refusal {
  readonly status: number
  /** The error code of the service. */
  readonly code: string
  readonly headers?: Readonly<Record<string, string>>
  /** Elements of the error body beyond code and message, such as `HeaderName`. */
  readonly details?: Readonly<Record<string, string>>
}

export type Answer = Success | Refusal

/** What a request that the model let pass has come to: its status is the model's, unless it has one of its own. */
export interface Done {
  readonly status?: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

export type Effect = Done | Refusal

export function done(headers: Readonly<Record<string, string>> = {}, body?: Buffer | string): Done {
  return body === undefined ? { headers } : { headers, body }
}

export function success(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body?: Buffer | string,
): Success {
  return body === undefined ? { status, headers } : { status, headers, body }
}

export function xmlBody(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Success {
  return { status, headers: { ...headers, 'content-type': 'application/xml' }, body }
}

export function refusal(status: number, code: string, details?: Readonly<Record<string, string>>): Refusal {
  return details === undefined ? { status, code } : { status, code, details }
}

export function isRefusal(answer: Answer | object | string | number | undefined): answer is Refusal {
  return typeof answer === 'object' && 'code' in answer
}

/** A header that is there and cannot be used. */
export function invalidHeader(name: string, value: string): Refusal {
  return refusal(400, 'InvalidHeaderValue', { HeaderName: name, HeaderValue: value })
}

export function missingHeader(name: string): Refusal {
  return refusal(400, 'MissingRequiredHeader', { HeaderName: name })
}

/** A query parameter that is there and cannot be used. */
export function invalidParameter(name: string, value: string): Refusal {
  return refusal(400, 'InvalidQueryParameterValue', { QueryParameterName: name, QueryParameterValue: value })
}

export function missingParameter(name: string): Refusal {
  return refusal(400, 'MissingRequiredQueryParameter', { QueryParameterName: name })
}
