import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** Larger than any list of blocks or access policies. */
const MOST_BYTES = 8 * 1024 * 1024
/** Documents of which parts are kept as they are. */
const MOST_KEPT_BYTES = 64 * 1024
const PARSER = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: true, processEntities: true })

/** What an element holds: text, elements by their names, or several of one name. */
export type XmlValue = string | { readonly [name: string]: XmlValue | readonly XmlValue[] }

/** Reads a document whose root has a certain name; undefined if the body is none. An empty root gives the empty text. */
export function readXml(body: Buffer, root: string): XmlValue | undefined {
  const text = xmlText(body)
  if (text === undefined) return undefined
  try {
    const read = PARSER.parse(text) as Record<string, XmlValue>
    const found = Object.hasOwn(read, root) ? read[root] : undefined
    return Array.isArray(found) ? undefined : found
  } catch {
    return undefined
  }
}

/** The elements of one name in an element, however many there are. */
export function elementsIn(value: XmlValue, name: string): readonly XmlValue[] {
  if (typeof value === 'string' || !Object.hasOwn(value, name)) return []
  const found = value[name]!
  return Array.isArray(found) ? found : [found as XmlValue]
}

/** The text of the one element of that name; empty if there is none or it holds something else. */
export function textIn(value: XmlValue, name: string): string {
  const [found] = elementsIn(value, name)
  return typeof found === 'string' ? found : ''
}

/** The elements directly inside the root, as they were written, by name; undefined if the body is no such document. */
export function sectionsOf(body: Buffer, root: string): ReadonlyMap<string, string> | undefined {
  const text = body.length > MOST_KEPT_BYTES ? undefined : xmlText(body)
  const inner = text === undefined ? null : new RegExp(`<${root}[^>]*?(?:/>|>([\\s\\S]*)</${root}\\s*>)`).exec(text)
  if (inner === null) return undefined
  const sections = new Map<string, string>()
  for (const [, name, content = ''] of (inner[1] ?? '').matchAll(/<(\w+)\s*(?:\/>|>([\s\S]*?)<\/\1\s*>)/g)) {
    sections.set(name!, content)
  }
  return sections
}

/** The body as text, if it is well-formed XML without declarations of its own. */
export function xmlText(body: Buffer): string | undefined {
  if (body.length > MOST_BYTES) return undefined
  const text = body.toString('utf8').replace(/^\ufeff/, '')
  if (text.includes('<!')) return undefined
  try {
    return XMLValidator.validate(text) === true ? text : undefined
  } catch {
    return undefined
  }
}
