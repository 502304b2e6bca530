import type { ResourceKind } from '../../../model/resource.ts'
import type { Place } from '../../../reports/driver-protocol.ts'
import { baseAndTime, containerAndBlob, type RealName } from '../real-name.ts'

/** A real name in its parts, as client libraries ask for them. */
export function placeOf(kind: ResourceKind, realName: RealName): Place {
  switch (kind) {
    case 'container':
      return { container: realName }
    case 'share':
      return { share: realName }
    case 'blob': {
      const [container, blob] = containerAndBlob(realName)
      return { container, blob }
    }
    case 'file': {
      const [share, file] = containerAndBlob(realName)
      return { share, file }
    }
    case 'blob-snapshot':
    case 'share-snapshot': {
      const [base, snapshot] = baseAndTime(realName)
      return { ...placeOf(kind === 'blob-snapshot' ? 'blob' : 'share', base), snapshot }
    }
    default:
      return kind satisfies never
  }
}
