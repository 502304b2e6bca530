import type { IncomingMessage } from 'node:http'

/** What became of the body of a request. */
export type Body = Buffer | 'too large'

/** A block or a blob that is sent whole may be so large. */
export const MOST_BODY_BYTES = 64 * 1024 * 1024

const NO_BODY = Buffer.alloc(0)

/** What the head of a request already says of its body, so that nothing need be waited for. */
function knownFromHead({ headers }: IncomingMessage): Body | undefined {
  if (headers['transfer-encoding'] !== undefined) return undefined
  const bytes = Number(headers['content-length'] ?? 0)
  if (bytes > MOST_BODY_BYTES) return 'too large'
  return bytes === 0 ? NO_BODY : undefined
}

/**
 * Reads the body, or reads past it if nobody wants it. Calls back once, and never if the client goes away before the end:
 * then there is nobody to answer.
 */
export function readBody(incoming: IncomingMessage, isWanted: boolean, then: (body: Body) => void): void {
  const known = knownFromHead(incoming)
  if (known !== undefined) {
    then(known)
    return
  }
  const chunks: Buffer[] = []
  let bytes = 0
  let isOver = false
  const finish = (body: Body) => {
    if (!isOver) then(body)
    isOver = true
  }
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MOST_BODY_BYTES) finish('too large')
    else if (isWanted && !isOver) chunks.push(chunk)
  })
  incoming.on('end', () => finish(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
  incoming.on('error', () => {
    isOver = true
  })
}
