import { classOf, isLeaseAction } from '../../../model/operation.ts'
import { answerOf } from '../../drivers/answer.ts'
import { type Heard, strayedTo } from './tell-tale.ts'

/** What an answer to a request that had to succeed says of the operation. */
export type Sign =
  | { readonly is: 'known' }
  /** It is not implemented; `observed` says what came instead, in words that do not depend on the run. */
  | { readonly is: 'missing'; readonly observed: string }
  /** The server was busy or out of order: another time it may tell. */
  | { readonly is: 'undecided' }

/** Answers that are never those of an operation that is known, where the request is right and the resource is there. */
const UNKNOWN_STATUSES: ReadonlySet<number> = new Set([404, 405, 501])
const BUSY_STATUSES: ReadonlySet<number> = new Set([429, 500, 502, 503, 504])

/** Codes of refusals that say so. Sources: the error codes of the services; `MissingRequiredHeader`, since none is missing. */
const UNKNOWN_CODES =
  /unsupported|not(yet)?supported|notimplemented|^InvalidQueryParameterValue$|^MissingRequiredHeader$/i
const UNKNOWN_WORDS = /\b(unsupported|not (yet )?(supported|implemented))\b/i
/** Headers of Put Blob and Create File: whoever asks for them took the request for one of these. */
const HEADERS_OF_CREATION = /x-ms-(blob-)?type\b/

/** @param heard the answer to a request that, by the model, cannot but succeed. */
export function signOf(heard: Heard): Sign {
  const { status, headers, body } = heard.answer
  if (status < 300) return successSign(heard)
  const { code } = answerOf(status, headers, body)
  const observed = code === undefined ? String(status) : `${status} ${code}`
  const says = UNKNOWN_CODES.test(code ?? '') || UNKNOWN_WORDS.test(body)
  if (UNKNOWN_STATUSES.has(status) || (says && status !== 401 && status !== 403)) return { is: 'missing', observed }
  if (BUSY_STATUSES.has(status)) return { is: 'undecided' }
  if (status === 400 && (code === undefined || HEADERS_OF_CREATION.test(body))) return { is: 'missing', observed }
  if (status === 409 && code?.endsWith('AlreadyExists') && !isCreation(heard)) return { is: 'missing', observed }
  return { is: 'known' }
}

/** 201 is what those operations answer that a PUT without its query is. */
function successSign(heard: Heard): Sign {
  const { answer, expected } = heard
  const observed = strayedTo(heard)
  if (observed !== undefined) return { is: 'missing', observed }
  return answer.status === 201 && !expected.includes(201) ? { is: 'missing', observed: '201' } : { is: 'known' }
}

function isCreation({ name }: Heard): boolean {
  return !isLeaseAction(name) && (classOf(name) === 'make' || classOf(name) === 'create')
}
