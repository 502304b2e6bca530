import { readFileSync } from 'node:fs'

const PAGE = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** For tests: what the page of the tutorial shows, by the language that its blocks are marked with. */
export function blocksOf(language: string): readonly string[] {
  return [...PAGE.matchAll(/^```([a-z]+)\n(.*?)^```$/gms)].flatMap(([, name, text]) =>
    name === language ? [text!] : [],
  )
}
