import { z } from 'zod'
import { complaint } from '../../../../reports/complaint.ts'
import { printable } from '../../../../reports/printable.ts'

/** A lease id by its name in a session, `L1`, `L2`, ...; `RAW:` stands before what is sent as it is, since it is no id. */
const ID = z.string().regex(/^(?:L[1-9][0-9]*|RAW:[\s\S]*)$/, 'a name such as L1, or RAW: and a text')
const DIGITS = z.string().regex(/^-?[0-9]{1,15}$/, 'a number in digits')

export const RECORDED_STEP = z.object({
  r: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .describe('the resource: container1, blob1, share1 or file1, with numbers in the order in which they turn up'),
  op: z.string().min(1).describe('lease:ACTION, or the method and what tells operations apart: "PUT comp=metadata"'),
  st: z.number().int().min(100).max(599).describe('status'),
  code: z.string().optional().describe('error code'),
  dt: z
    .number()
    .int()
    .describe('seconds since the first step, by the Date headers: to one second, by clocks that differ by one'),
  prop: ID.optional().describe('x-ms-proposed-lease-id'),
  id: ID.optional().describe('x-ms-lease-id, as it was sent'),
  rid: ID.optional().describe('x-ms-lease-id, as it was answered'),
  dur: DIGITS.optional().describe('x-ms-lease-duration'),
  bp: DIGITS.optional().describe('x-ms-lease-break-period'),
  time: DIGITS.optional().describe('x-ms-lease-time'),
  state: z.string().optional().describe('x-ms-lease-state'),
  status: z.string().optional().describe('x-ms-lease-status'),
  duration: z.string().optional().describe('x-ms-lease-duration, as it was answered'),
  cond: z
    .record(z.string(), z.string())
    .optional()
    .describe('conditional headers; a value that was left out is an ellipsis'),
  src_id: ID.optional().describe('x-ms-source-lease-id'),
  dst_id: ID.optional().describe('x-ms-destination-lease-id'),
})

/** One session between a client and the service, as one line of a file of recordings. */
export const RECORDED_SESSION = z.object({
  path: z.string().describe('the name of the recording'),
  repo: z.string().optional().describe('the repository that it is in'),
  count: z.number().int().min(1).describe('how many recordings were the same'),
  versions: z
    .array(z.string().regex(/^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/))
    .min(1)
    .describe('the values of x-ms-version in them'),
  hns: z.boolean().describe('whether the account has a hierarchical namespace: such accounts answer otherwise'),
  steps: z.array(RECORDED_STEP).min(1),
})

export type RecordedStep = z.infer<typeof RECORDED_STEP>
export type RecordedSession = z.infer<typeof RECORDED_SESSION>

export type ReadSessions = { readonly sessions: readonly RecordedSession[] } | { readonly error: string }

/**
 * Reads a file of recorded sessions, one JSON object a line; an error is one sentence that names the file and the line.
 * @param name what to call the file in an error
 */
export function readRecordedSessions(text: string, name: string): ReadSessions {
  const sessions: RecordedSession[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const read = readLine(line)
    if ('error' in read) return { error: `${name}, line ${index + 1}: ${read.error}` }
    sessions.push(read.session)
  }
  return sessions.length === 0
    ? { error: `${name} holds no recorded session; expected one a line, as JSON` }
    : { sessions }
}

function readLine(line: string): { readonly session: RecordedSession } | { readonly error: string } {
  let data: unknown
  try {
    data = JSON.parse(line)
  } catch {
    return { error: `it is no JSON object: it begins with "${printable(line.slice(0, 40))}"` }
  }
  const read = RECORDED_SESSION.safeParse(data)
  return read.success ? { session: read.data } : { error: `it is no recorded session: ${complaint(read.error, data)}` }
}
