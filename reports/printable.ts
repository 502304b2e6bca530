/**
 * Text that may go to a terminal, into XML or into Markdown. Scenarios hold malformed ids on purpose, and servers answer
 * what they like: control characters would move the cursor, change its colour, or make the XML invalid, and invisible ones
 * would make two different ids look the same. They are shown by number instead.
 */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
}
