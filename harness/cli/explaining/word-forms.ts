/** The words of a text, in lower case; what is joined by hyphens is one word, and `*` goes by its name. */
export function wordsIn(text: string): readonly string[] {
  return (text.toLowerCase().match(/[a-z0-9]+(?:-[a-z0-9]+)*|\*/g) ?? []).map((word) =>
    word === '*' ? WILDCARD : word,
  )
}

const WILDCARD = 'wildcard'

/** Forms that no ending tells. */
const IRREGULAR: Readonly<Record<string, string>> = {
  breakage: 'break',
  broke: 'break',
  broken: 'break',
  creation: 'creat',
  deletion: 'delet',
  expiration: 'expir',
  expiry: 'expir',
  held: 'hold',
  ids: 'id',
  overwritten: 'overwrit',
  renewal: 'renew',
  renewals: 'renew',
  sent: 'send',
  written: 'writ',
  wrote: 'writ',
}

/** Endings and what stands in their place, the longest first; what is left has at least three letters. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/^(.+)ies$/, '$1y'],
  [/^(.+)ied$/, '$1y'],
  [/^(.{2,}[^s])(?:ss)$/, '$1ss'],
  [/^(.{2,}?)([bdgmnprt])\2(?:ing|ed)$/, '$1$2'],
  [/^(.{3,})(?:ings?|ed|es|e)$/, '$1'],
  [/^(.{3,})s$/, '$1'],
]

/** What the forms of a word have in common: `renew` of renewing, `break` of broken, `expir` of expiry. Made once and kept. */
export function stemOf(word: string): string {
  let stem = STEMS.get(word)
  if (stem === undefined) {
    stem = stemmed(word)
    STEMS.set(word, stem)
  }
  return stem
}

const STEMS = new Map<string, string>()

function stemmed(word: string): string {
  if (Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word]!
  if (/[0-9]/.test(word)) return word
  const ending = ENDINGS.find(([pattern]) => pattern.test(word))
  return ending === undefined ? word : word.replace(...ending)
}
