import { answerOf } from '../../drivers/answer.ts'
import type { RecordedExchange } from '../importing/recorded-exchange.ts'

export const ALTERED_FIELDS = [
  'status',
  'code',
  'lease id answered',
  'lease id sent',
  'proposed lease id',
  'lease time',
  'lease state',
  'lease status',
  'lease duration',
] as const
export type AlteredField = (typeof ALTERED_FIELDS)[number]

/** Which values a field is altered to: whatever was recorded anywhere, or ids, which mean something only where they were used. */
export type Values = 'of all recordings' | 'of the same recording'

/** A part of an exchange that is altered. */
export interface Part {
  readonly values: Values
  /** Undefined where there is nothing to alter. */
  readonly read: (exchange: RecordedExchange) => string | undefined
  readonly write: (exchange: RecordedExchange, value: string) => RecordedExchange
}

export const PARTS: Readonly<Record<AlteredField, Part>> = {
  status: {
    values: 'of all recordings',
    read: ({ status }) => String(status),
    write: (exchange, value) => ({ ...exchange, status: Number(value) }),
  },
  code: { ...answered('x-ms-error-code'), read: codeOf },
  'lease id answered': { ...answered('x-ms-lease-id'), values: 'of the same recording' },
  'lease id sent': sent('x-ms-lease-id'),
  'proposed lease id': sent('x-ms-proposed-lease-id'),
  'lease time': answered('x-ms-lease-time'),
  'lease state': answered('x-ms-lease-state'),
  'lease status': answered('x-ms-lease-status'),
  'lease duration': answered('x-ms-lease-duration'),
}

/** Before 2017 the code stood in the body only; the header counts where both are there. */
function codeOf({ status, responseHeaders, responseBody }: RecordedExchange): string | undefined {
  return answerOf(status, responseHeaders, responseBody).code
}

function answered(name: string): Part {
  return {
    values: 'of all recordings',
    read: ({ responseHeaders }) => responseHeaders[name],
    write: (exchange, value) => ({ ...exchange, responseHeaders: { ...exchange.responseHeaders, [name]: value } }),
  }
}

function sent(name: string): Part {
  return {
    values: 'of the same recording',
    read: ({ requestHeaders }) => requestHeaders?.[name],
    write: (exchange, value) => ({ ...exchange, requestHeaders: { ...exchange.requestHeaders, [name]: value } }),
  }
}
