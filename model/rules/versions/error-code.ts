import type { ServiceVersion } from '../../service-version.ts'
import { doc, type Evidence, recorded } from '../evidence.ts'

/** From this version on errors carry `x-ms-error-code`; before it the code stands in the body, and an answer to HEAD has none. */
export const ERROR_CODE_HEADER: { readonly from: ServiceVersion; readonly evidence: readonly Evidence[] } = {
  from: '2017-07-29',
  evidence: [doc('common-error-codes'), recorded()],
}
