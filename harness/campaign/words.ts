/** The words that something is looked up by, however they were quoted on the command line. */
export function wordsOf(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.toLowerCase().split(/\s+/)).filter((word) => word !== '')
}
