import { type Answer, refusal, success, xmlBody } from './answer.ts'
import type { Call } from './call.ts'
import { sectionsOf } from './read-xml.ts'
import { XML_HEAD } from './xml.ts'

/** The sections of the service's properties that were set, as they were sent, by their names. */
export type ServiceProperties = Map<string, string>

/** What a service has from the start, in the order in which it is listed. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  [
    'Logging',
    '<Version>1.0</Version><Delete>false</Delete><Read>false</Read><Write>false</Write><RetentionPolicy><Enabled>false</Enabled></RetentionPolicy>',
  ],
  [
    'HourMetrics',
    '<Version>1.0</Version><Enabled>false</Enabled><RetentionPolicy><Enabled>false</Enabled></RetentionPolicy>',
  ],
  [
    'MinuteMetrics',
    '<Version>1.0</Version><Enabled>false</Enabled><RetentionPolicy><Enabled>false</Enabled></RetentionPolicy>',
  ],
  ['Cors', ''],
])
const OF_THE_BLOB_SERVICE: ReadonlyMap<string, string> = new Map([
  ['DeleteRetentionPolicy', '<Enabled>false</Enabled>'],
  ['StaticWebsite', '<Enabled>false</Enabled>'],
])
const OTHERS = ['DefaultServiceVersion', 'ProtocolSettings']
const ROOT = 'StorageServiceProperties'
/** How long deleted things may be kept. Source: "Set Blob Service Properties". */
const MOST_DAYS = 365
const DAY_MS = 24 * 60 * 60_000

export function noProperties(): ServiceProperties {
  return new Map()
}

export function getServiceProperties({ account, request: { service } }: Call): Answer {
  const { properties } = service === 'blob' ? account.blobs : account.files
  const defaults = service === 'blob' ? [...DEFAULTS, ...OF_THE_BLOB_SERVICE] : [...DEFAULTS]
  const all = new Map([...defaults.filter(([name]) => service === 'blob' || name !== 'Logging'), ...properties])
  const sections = [...all].map(([name, inner]) => `<${name}>${inner}</${name}>`).join('')
  return xmlBody(200, `${XML_HEAD}<${ROOT}>${sections}</${ROOT}>`)
}

/** Sections that are left out of the body stay as they were. */
export function setServiceProperties({ account, request: { service }, body }: Call): Answer {
  const { properties } = service === 'blob' ? account.blobs : account.files
  const sections = sectionsOf(body, ROOT)
  if (sections === undefined) return refusal(400, 'InvalidXmlDocument')
  for (const [name, inner] of sections) {
    const known = DEFAULTS.has(name) || OF_THE_BLOB_SERVICE.has(name) || OTHERS.includes(name)
    if (!known) return refusal(400, 'InvalidXmlNodeValue', { XmlNodeName: name })
    if (name === 'DeleteRetentionPolicy' && retentionDays(inner) === undefined) {
      return refusal(400, 'InvalidXmlNodeValue', { XmlNodeName: name })
    }
  }
  for (const [name, inner] of sections) properties.set(name, inner)
  return success(202)
}

/** How long deleted blobs are kept, in milliseconds; 0 if they are not. */
export function retentionMs(properties: ServiceProperties): number {
  return (retentionDays(properties.get('DeleteRetentionPolicy') ?? '<Enabled>false</Enabled>') ?? 0) * DAY_MS
}

/** Undefined if it is no valid policy. */
function retentionDays(policy: string): number | undefined {
  if (!/<Enabled>\s*true\s*<\/Enabled>/.test(policy)) return 0
  const days = Number(/<Days>\s*([0-9]{1,3})\s*<\/Days>/.exec(policy)?.[1])
  return days >= 1 && days <= MOST_DAYS ? days : undefined
}

/** Which of the statistics of a second region there are: none, since there is none. */
export function getServiceStats(_call: Call): Answer {
  return xmlBody(
    200,
    `${XML_HEAD}<StorageServiceStats><GeoReplication><Status>unavailable</Status><LastSyncTime></LastSyncTime></GeoReplication></StorageServiceStats>`,
  )
}

export function getAccountInformation(_call: Call): Answer {
  return success(200, {
    'x-ms-sku-name': 'Standard_LRS',
    'x-ms-account-kind': 'StorageV2',
    'x-ms-is-hns-enabled': 'false',
  })
}
