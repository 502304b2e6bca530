import { type Answer, done, invalidHeader, isRefusal, type Refusal, refusal, xmlBody } from '../answer.ts'
import type { Call } from '../call.ts'
import { elementsIn, readXml, textIn } from '../read-xml.ts'
import type { StorageRequest } from '../request.ts'
import { NO_TAGS, type Tags } from '../tag-expression.ts'
import { element, XML_HEAD } from '../xml.ts'
import { onBlob } from './place.ts'

const MOST_TAGS = 10
const INVALID = refusal(400, 'InvalidTag')
/** Source: "Set Blob Tags". */
const NAME = /^[A-Za-z0-9 +\-./:=_]{1,128}$/
const VALUE = /^[A-Za-z0-9 +\-./:=_]{0,256}$/

/** Reads `x-ms-tags`, which is written like a query. */
export function tagsHeader({ headers }: StorageRequest): Tags | Refusal {
  const text = headers['x-ms-tags']
  if (text === undefined || text === '') return NO_TAGS
  const pairs = [...new URLSearchParams(text)]
  return checked(pairs) ?? invalidHeader('x-ms-tags', text)
}

export function getBlobTags(call: Call): Answer {
  return onBlob(call, 'getBlobTags', ({ blob }) => xmlBody(200, XML_HEAD + tagsElement(blob!.tags)))
}

export function setBlobTags(call: Call): Answer {
  return onBlob(call, 'setBlobTags', ({ container, name, blob }) => {
    const tags = readTags(call.body)
    if (isRefusal(tags)) return tags
    container!.blobs.set(name, { ...blob!, tags })
    return done()
  })
}

export function tagsElement(tags: Tags): string {
  const all = [...tags].map(([name, value]) => `<Tag>${element('Key', name)}${element('Value', value)}</Tag>`).join('')
  return `<Tags><TagSet>${all}</TagSet></Tags>`
}

function readTags(body: Buffer): Tags | Refusal {
  const root = readXml(body, 'Tags')
  if (root === undefined) return refusal(400, 'InvalidXmlDocument')
  const pairs = elementsIn(root, 'TagSet')
    .flatMap((set) => elementsIn(set, 'Tag'))
    .map((tag) => [textIn(tag, 'Key'), textIn(tag, 'Value')] as const)
  return checked(pairs) ?? INVALID
}

function checked(pairs: readonly (readonly [name: string, value: string])[]): Tags | undefined {
  const tags = new Map(pairs)
  const valid = pairs.every(([name, value]) => NAME.test(name) && VALUE.test(value))
  return valid && tags.size === pairs.length && tags.size <= MOST_TAGS ? tags : undefined
}
