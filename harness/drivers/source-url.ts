import type { Operation } from '../../model/operation.ts'
import { KINDS, type ResourceKind } from '../../model/resource.ts'
import type { Instant } from '../../model/time.ts'
import { wallNowMs } from '../clock/wall.ts'
import { sourceSigner } from '../targets/credentials/source-signer.ts'
import type { Endpoint } from '../targets/target.ts'
import type { Names } from './driver.ts'
import { realNameIn, urlOf } from './real-name.ts'
import { shapeOf } from './wire.ts'

/** For how long a source of a copy may be read by who has its URL. */
const SOURCE_OPEN_MS = 60 * 60 * 1000

/** The URL of what an operation copies from or moves: its source, or without one the resource itself. */
export type SourceUrl = (
  operation: Operation,
  kind: ResourceKind,
  names: Names,
  instant: Instant | undefined,
) => string | undefined

/** Makes the URLs of sources as the server itself reaches them, signed where it reads them as anybody would. */
export function sourceUrls(endpoint: Endpoint): SourceUrl {
  const { url, fileUrl = '' } = endpoint
  const sign = sourceSigner(endpoint)
  return (operation, kind, names, instant) => {
    const { source } = shapeOf(operation.name, kind)
    if (source === undefined) return undefined
    const real = realNameIn(names, operation.source ?? operation.on)
    const plain = urlOf(KINDS[kind].service === 'blob' ? url : fileUrl, real)
    if (!source.signed || sign === undefined) return plain
    // The server may read its source at its own time or at the time it was told.
    const untilMs = Math.max(instant ?? 0, wallNowMs()) + SOURCE_OPEN_MS
    return `${plain}${plain.includes('?') ? '&' : '?'}${sign(real, untilMs)}`
  }
}
