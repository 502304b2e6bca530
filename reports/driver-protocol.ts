import { z } from 'zod'
import type { ConditionHeader } from '../model/condition.ts'
import type { SnapshotOption } from '../model/operation.ts'
import type { ResourceKind } from '../model/resource.ts'

/**
 * The driver protocol: leasecheck starts a program, writes one JSON object a line to its standard input, and reads one a line
 * from its standard output. What the program writes to standard error is its own, and is shown if it fails. Every message of
 * leasecheck but `forget` and `stop` has a `seq`, and is answered by one message with that `seq`, in any order.
 */
export const PROTOCOL = 1

const KINDS = [
  'blob',
  'blob-snapshot',
  'container',
  'share',
  'share-snapshot',
  'file',
] as const satisfies readonly ResourceKind[]
const CONDITIONS = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'x-ms-if-tags',
] as const satisfies readonly ConditionHeader[]
const SNAPSHOT_OPTIONS = ['include', 'include-leased'] as const satisfies readonly SnapshotOption[]

const text = z.string()
const count = z.int().nonnegative()

/** Whether a call takes an argument, and whether it can go without. */
export const need = z.enum(['optional', 'required'])

/** What the result of a call or a lease client may tell, by the header that it stands for. */
export const told = z.enum([
  'status',
  'etag',
  'last-modified',
  'x-ms-lease-id',
  'x-ms-lease-time',
  'x-ms-lease-state',
  'x-ms-lease-status',
  'x-ms-lease-duration',
])

const numbers = z.enum(['int32', 'whole', 'any'])

/** What can be said in a call of the library, and what it is documented to tell. */
export const callDescription = z.strictObject({
  leaseId: need.optional().describe('x-ms-lease-id; of the calls of a lease client: the id that it remembers'),
  proposedLeaseId: need.optional().describe('x-ms-proposed-lease-id'),
  duration: need.optional().describe('x-ms-lease-duration, seconds'),
  durations: z
    .array(z.int())
    .optional()
    .describe(
      'the only durations that it can be asked for; default: any, e.g. [-1] of a call that means an infinite lease',
    ),
  breakPeriod: need.optional().describe('x-ms-lease-break-period, seconds'),
  notBreakPeriods: z
    .array(z.int())
    .optional()
    .describe('break periods that mean something else to it, e.g. [-1] where -1 stands for none'),
  source: need.optional().describe('what a copy reads or a rename moves'),
  sourceLeaseId: need.optional().describe('x-ms-source-lease-id of a rename'),
  snapshots: z.array(z.enum(SNAPSHOT_OPTIONS)).optional().describe('x-ms-delete-snapshots'),
  conditions: z.array(z.enum(CONDITIONS)).optional().describe('the conditional headers that it can be asked for'),
  fills: z
    .array(z.enum(['proposedLeaseId', 'duration']))
    .optional()
    .describe('what the library sends of its own where it is left out'),
  sends: z.literal('nothing').optional().describe('the call exists and is documented to send no request'),
  tells: z
    .array(told)
    .optional()
    .describe('what its result is documented to hold; default: everything that concerns leases'),
  ways: z
    .array(z.string().regex(/^[a-z][a-z0-9-]*$/))
    .optional()
    .describe('other ways of the library to say the same, e.g. a shortcut; each is tried'),
})

/**
 * The calls of a library: uses by their name (`putBlob`), lease actions by kind and name (`container.acquire`). What is not
 * listed is left out of the run.
 */
export const callTable = z.record(z.string(), callDescription)

export const credential = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('key'), key: text.describe('the account key, base64') }),
  z.strictObject({ by: z.literal('connection-string'), connectionString: text }),
  z.strictObject({ by: z.literal('sas'), sas: text.describe('a shared access signature, as a query without its ?') }),
  z.strictObject({ by: z.literal('token'), token: text, expiresOn: z.int().describe('seconds since the epoch') }),
  z.strictObject({ by: z.literal('none') }),
])

/** What a call is about: container and blob, or share and file; a snapshot is named by its time. */
export const place = z.strictObject({
  container: text.optional(),
  blob: text.optional(),
  share: text.optional(),
  file: text.optional(),
  snapshot: text.optional(),
})

export const callArguments = z.strictObject({
  leaseId: text.optional(),
  proposedLeaseId: text.optional(),
  duration: z.number().optional(),
  breakPeriod: z.number().optional(),
  condition: z.strictObject({ header: z.enum(CONDITIONS), value: text }).optional(),
  snapshots: z.enum(SNAPSHOT_OPTIONS).optional(),
  source: z.strictObject({ url: text, place }).optional(),
  sourceLeaseId: text.optional(),
})

const retryPolicy = z.enum(['none', 'default', 'to-secondary'])

/** What the documentation of a library promises and not every library has to do: with it more of the library is checked. */
export const documented = z.strictObject({
  errors: z
    .array(z.strictObject({ status: z.int().optional(), code: text.optional(), names: z.array(text).min(1) }))
    .optional()
    .describe('what the error for an answer may be called, by status and code; the first entry that fits counts'),
  leaseClient: z
    .array(z.enum(['etag', 'last-modified']))
    .optional()
    .describe('what its lease clients show besides the id, once a call has succeeded'),
  tries: z
    .partialRecord(retryPolicy, z.int().positive())
    .optional()
    .describe('how many requests a call sends at most, by retry policy'),
})

const seq = count.describe('the answer carries the same number')

/** Who are you, and what can you be asked for? */
export const hello = z.strictObject({ seq, do: z.literal('hello'), protocol: count })

/** A place to send requests to: every call says through which. Its URL has the account in its path, as emulators have it. */
export const connect = z.strictObject({
  seq,
  do: z.literal('connect'),
  port: count,
  service: z.enum(['blob', 'file']),
  url: text,
  account: text,
  credential,
  retry: retryPolicy.describe(
    'none: one try; default: what the library does by itself; to-secondary: that, and reads go to the secondary too',
  ),
  secondaryUrl: text.optional().describe('the same port under another name of the host'),
  logging: z.boolean().optional().describe('let the library write all that it logs to standard error'),
})

/** One call of the library. A lease action goes through the lease client of the handle, which is made with the id on first use. */
export const call = z.strictObject({
  seq,
  do: z.literal('call'),
  port: count,
  kind: z.enum(KINDS),
  call: text.describe('acquire, renew, change, release or break, or a use such as putBlob'),
  way: text.optional(),
  place,
  lease: z.strictObject({ handle: count, id: text.optional() }).optional(),
  arguments: callArguments,
})

/** Lease clients that are not used any more. No answer. */
export const forget = z.strictObject({ do: z.literal('forget'), handles: z.array(count) })
/** The end; so is the end of standard input. No answer. */
export const stop = z.strictObject({ do: z.literal('stop') })

export const request = z.discriminatedUnion('do', [hello, connect, call, forget, stop])

export const helloAnswer = z.strictObject({
  seq,
  protocol: count,
  driver: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .describe('its name, e.g. python'),
  language: text.describe('with its version, e.g. Python 3.13.1'),
  packages: z.array(z.strictObject({ name: text, version: text })).describe('what is checked'),
  apiVersion: z
    .string()
    .regex(/^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/)
    .describe('the REST version that the library asks for'),
  inFlight: z
    .int()
    .positive()
    .optional()
    .describe('how many calls it takes before it has answered the first; default: 1'),
  numbers: numbers
    .optional()
    .describe(
      'what durations and periods can be: whole numbers of 32 bits, of any size, or any number; default: int32',
    ),
  calls: callTable,
  documented: documented.optional(),
})

export const connectAnswer = z.strictObject({ seq, connected: z.literal(true) })

/** What a lease client shows of itself. */
const leaseClient = z.strictObject({
  id: text.optional(),
  etag: text.optional(),
  lastModified: text.optional(),
})

export const callAnswer = z
  .strictObject({
    seq,
    returned: z
      .partialRecord(told, text)
      .optional()
      .describe('the call gave a result: what of it concerns leases. Dates as text that names the instant'),
    raised: z
      .strictObject({
        error: text.describe('the name of the exception or error type'),
        because: z
          .enum(['service', 'connection', 'client', 'accident'])
          .describe(
            'service: it passes on what the service answered; connection: no answer came; client: the library refused by itself; accident: an error that nobody meant to raise',
          ),
        status: z.int().optional(),
        code: text.optional(),
      })
      .optional(),
    lease: z
      .strictObject({ before: leaseClient, after: leaseClient })
      .optional()
      .describe('the lease client just before the call and just after it'),
  })
  .refine(
    ({ returned, raised }) => (returned === undefined) !== (raised === undefined),
    'a call has either returned or raised',
  )

/** The driver cannot go on, through no fault of the library: the run ends. */
export const failure = z.strictObject({ seq, failed: text })

/** A line of either side. In the JSON Schema each message has the name that stands here. */
export const DRIVER_MESSAGE = z.union([
  hello.meta({ id: 'hello' }),
  connect.meta({ id: 'connect' }),
  call.meta({ id: 'call' }),
  forget.meta({ id: 'forget' }),
  stop.meta({ id: 'stop' }),
  helloAnswer.meta({ id: 'answer-to-hello' }),
  connectAnswer.meta({ id: 'answer-to-connect' }),
  callAnswer.meta({ id: 'answer-to-call' }),
  failure.meta({ id: 'failure', description: 'instead of any answer: the driver cannot go on' }),
])

export type Need = z.infer<typeof need>
export type Told = z.infer<typeof told>
export type CallDescription = z.infer<typeof callDescription>
export type CallTable = z.infer<typeof callTable>
export type DriverCredential = z.infer<typeof credential>
export type Documented = z.infer<typeof documented>
export type Place = z.infer<typeof place>
export type Numbers = z.infer<typeof numbers>
export type CallArguments = z.infer<typeof callArguments>
export type Connect = z.infer<typeof connect>
export type Call = z.infer<typeof call>
export type DriverRequest = z.infer<typeof request>
export type HelloAnswer = z.infer<typeof helloAnswer>
export type CallAnswer = z.infer<typeof callAnswer>
