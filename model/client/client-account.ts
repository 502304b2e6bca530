import type { Operation } from '../operation.ts'
import type { Documented } from './documented.ts'

/**
 * What a client library was asked for and what it gave: the call and the return around the exchanges of a step. A driver that
 * sends plain requests has no such account, since call, exchange and return coincide.
 */
export interface ClientAccount {
  /** The operation as the caller meant it; what was sent stands in the exchanges. */
  readonly asked: Operation
  readonly returned: ClientReturn
  /** What the result of this call is documented to hold, by header, and `status`; default: all that concerns leases. */
  readonly tells?: readonly string[]
  /** What the library's own documentation promises beyond that; default: nothing. */
  readonly documented?: Documented
  /** How many requests were sent about nothing that the model knows, to a wrong address for example. */
  readonly otherRequests?: number
  /** The lease id that the handle remembers, as the caller can read it: before the call and after it. */
  readonly remembered?: { readonly before: string; readonly after: string }
  /** What the handle shows of the lease besides the id: before the call and after it. */
  readonly tags?: { readonly before: RememberedTags; readonly after: RememberedTags }
}

/** ETag and Last-Modified as a lease client shows them, if it does. */
export interface RememberedTags {
  readonly etag?: string
  readonly lastModified?: string
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
