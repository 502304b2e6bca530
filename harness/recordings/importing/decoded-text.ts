const UTF_16_BOMS = [
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
] as const

const BOM = '\ufeff'

/** The text of a file, without byte order mark; undefined if it is no text. What is redirected in PowerShell is UTF-16. */
export function decodedText(content: Uint8Array | string): string | undefined {
  const text = typeof content === 'string' ? content : decoded(content)
  if (text.includes('\0')) return undefined
  return text.startsWith(BOM) ? text.slice(BOM.length) : text
}

function decoded(bytes: Uint8Array): string {
  const utf16 = UTF_16_BOMS.find((bom) => bom.bytes.every((byte, place) => bytes[place] === byte))
  return new TextDecoder(utf16?.encoding ?? 'utf-8').decode(bytes)
}

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** What base64 stands for, as text; empty if it is no text. */
export function textOfBase64(base64: string): string {
  try {
    return STRICT.decode(Buffer.from(base64, 'base64'))
  } catch {
    return ''
  }
}
