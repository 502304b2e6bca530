import type { Operation } from '../operation.ts'

/**
 * What a client library was asked for and what it gave: the call and the return around the exchanges of a step. A driver that
 * sends plain requests has no such account, since call, exchange and return coincide.
 */
export interface ClientAccount {
  /** The operation as the caller meant it; what was sent stands in the exchanges. */
  readonly asked: Operation
  readonly returned: ClientReturn
  /** How many requests were sent about nothing that the model knows, to a wrong address for example. */
  readonly otherRequests?: number
  /** The lease id that the handle remembers, as the caller can read it: before the call and after it. */
  readonly remembered?: { readonly before: string; readonly after: string }
}

/** How a call ended. */
export type ClientReturn =
  | {
      readonly kind: 'returned'
      /** Undefined where the client does not tell it. */
      readonly status?: number
      /** What the result holds, by the name of the header that each field stands for. */
      readonly headers: Readonly<Record<string, string>>
    }
  | {
      readonly kind: 'threw'
      /**
       * Why: `service` passes on what the service answered, `connection` says that no answer came, `client` is the client's own
       * refusal before anything was sent, `accident` an error that nobody meant to throw.
       */
      readonly because: 'service' | 'connection' | 'client' | 'accident'
      readonly errorName: string
      readonly status?: number
      readonly code?: string
    }
