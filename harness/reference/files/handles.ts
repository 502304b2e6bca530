import { type Answer, success, xmlBody } from '../answer.ts'
import type { Call } from '../call.ts'
import { XML_HEAD } from '../xml.ts'

/** Nobody opens files by SMB here, so there are no handles. */
export function listHandles(_call: Call): Answer {
  return xmlBody(
    200,
    `${XML_HEAD}<EnumerationResults><Entries></Entries><NextMarker></NextMarker></EnumerationResults>`,
  )
}

export function closeHandles(_call: Call): Answer {
  return success(200, { 'x-ms-number-of-handles-closed': '0', 'x-ms-number-of-handles-failed': '0' })
}
