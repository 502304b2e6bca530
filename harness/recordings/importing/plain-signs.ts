/** The signs that YAML knows, as character codes, and tables over the codes of ASCII. */
export const END = 0x0a
export const SPACE = 0x20
export const DOUBLE_QUOTE = 0x22
export const HASH = 0x23
export const QUOTE = 0x27
export const DASH = 0x2d
export const COLON = 0x3a
export const QUESTION = 0x3f
export const BACKSLASH = 0x5c

export const IN_KEY = table(/[A-Za-z0-9_-]/)
/** What means nothing to YAML at the beginning of a text. */
export const BEGINS_TEXT = table(/[A-Za-z0-9_/(+=]/)
export const PRINTABLE = table(/[ -~]/)
/** With these begin tags, texts in blocks and mappings in braces. */
export const BEGINS_OTHER = table(/[!|>{]/)

function table(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0))
}
