export const XML_HEAD = '<?xml version="1.0" encoding="utf-8"?>'

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** What XML has no way to write: control characters but for white space, and two that are no characters. */
const UNWRITABLE = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu

/** Text as it stands inside an element or an attribute. Characters that XML has no way to write are replaced. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"]/g, (each) => ESCAPES[each]!)
    .replace(UNWRITABLE, '\ufffd')
}

/** An element with text in it; nothing at all where there is no text to put in. */
export function element(name: string, text: string | number | undefined): string {
  return text === undefined ? '' : `<${name}>${typeof text === 'number' ? text : escaped(text)}</${name}>`
}

/** The name of something that was listed; one that XML cannot hold is percent-encoded and says so. */
export function nameElement(name: string): string {
  return name.search(UNWRITABLE) >= 0
    ? `<Name Encoded="true">${escaped(encodeURIComponent(name))}</Name>`
    : `<Name>${escaped(name)}</Name>`
}
