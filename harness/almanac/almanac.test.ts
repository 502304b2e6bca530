import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SOURCES } from '../../model/rules/sources.ts'
import { anchorsIn, linksIn, undefinedReferencesIn } from '../../reports/almanac-pages/page-links.ts'
import { rulePlaces } from '../../reports/almanac-pages/page-plan.ts'
import { PACKAGE_FOLDER } from '../cli/version.ts'
import { ALMANAC_FOLDER, almanacData, almanacFiles, GATHERED } from './almanac-files.ts'

const data = almanacData()
const files = new Map(almanacFiles().map(({ path, text }) => [path, text]))
const pages = [...files].filter(([path]) => path.endsWith('.md'))

test('the committed almanac is the one that the rules and results give; `npm run almanac` writes it anew', () => {
  const kept = globSync('**/*', { cwd: ALMANAC_FOLDER, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ALMANAC_FOLDER.length + 1))
    .filter((path) => !GATHERED.some((name) => path === name || path.startsWith(`${name}/`)))
  expect(kept.toSorted()).toEqual([...files.keys()].toSorted())
  // One at a time: a difference of megabytes is no message.
  expect(kept.filter((path) => readFileSync(join(ALMANAC_FOLDER, path), 'utf8') !== files.get(path))).toEqual([])
})

describe('no link is dead:', () => {
  const anchors = new Map(pages.map(([path, text]) => [path, new Set(anchorsIn(text))]))

  test('links from page to page and to headings lead somewhere', () => {
    const dead = pages.flatMap(([path, text]) =>
      linksIn(text)
        .filter(({ isExternal, href }) => !isExternal && !leads(path, href))
        .map(({ href }) => `${path}: ${href}`),
    )
    expect([...new Set(dead)]).toEqual([])
  })

  test('references to sources are defined', () => {
    expect(pages.flatMap(([path, text]) => undefinedReferencesIn(text).map((key) => `${path}: ${key}`))).toEqual([])
  })

  test('links to the outside go to sources and to public repositories', () => {
    const sources = new Set<string>(Object.values(SOURCES).map(({ where }) => where))
    const others = pages.flatMap(([path, text]) =>
      linksIn(text)
        .filter(({ isExternal, href }) => isExternal && !sources.has(href) && !href.startsWith('https://github.com/'))
        .map(({ href }) => `${path}: ${href}`),
    )
    expect([...new Set(others)]).toEqual([])
  })

  function leads(from: string, href: string): boolean {
    const [to = '', anchor] = href.split('#')
    const path = to === '' ? from : normalize(join(from, '..', to))
    if (anchor !== undefined) return anchors.get(path)?.has(anchor) ?? false
    return files.has(path) || (path.startsWith('..') && existsSync(join(PACKAGE_FOLDER, 'reports', 'almanac', path)))
  }
})

test('every page can be reached from the index', () => {
  const reached = new Set(['README.md'])
  for (const path of reached) {
    for (const { href, isExternal } of linksIn(files.get(path) ?? '')) {
      const to = href.split('#')[0]!
      if (!isExternal && to !== '') reached.add(normalize(join(path, '..', to)))
    }
  }
  expect(pages.map(([path]) => path).filter((path) => !reached.has(path))).toEqual([])
})

test('every rule that claims something has a place, where it is told with its levels', () => {
  const places = rulePlaces(data)
  const missing = data.rules
    .filter(({ rule, outcomes }) => outcomes.length > 0 && !isTold(rule.id))
    .map(({ rule }) => rule.id)
  expect(missing).toEqual([])

  function isTold(id: string): boolean {
    const place = places.get(id)
    return place !== undefined && (files.get(place.path)?.includes(`\n### ${place.heading}\n`) ?? false)
  }
})

test('every claim of a rule has evidence, or is open', () => {
  const bare = data.rules.flatMap(({ rule, outcomes }) =>
    outcomes
      .flat()
      .filter(({ evidence, level }) => evidence.length === 0 && level !== 'open')
      .map(({ field }) => `${rule.id} ${field}`),
  )
  expect(bare).toEqual([])
})

test('every cell is told, with its scenario', () => {
  const untold = data.cases.filter(({ kind, token }) => {
    const shown = `\`${token.replaceAll('|', '\\|')}\``
    return !pages.some(([path, text]) => path.startsWith(`${kind}/`) && text.includes(shown))
  })
  expect(untold.map(({ cell }) => cell)).toEqual([])
})

test('every error code of the model stands on the page of codes', () => {
  const codes = new Set(data.rules.flatMap(({ rule }) => rule.expect.flatMap(({ code }) => code.values)))
  codes.delete('none')
  const page = files.get('error-codes.md')!
  expect(codes.size).toBeGreaterThan(30)
  expect([...codes].filter((code) => !page.includes(`\n## ${code}\n`))).toEqual([])
})

test('GitHub shows every page: none is larger than 400 KB', () => {
  expect(pages.filter(([, text]) => Buffer.byteLength(text) > 400_000).map(([path]) => path)).toEqual([])
})
