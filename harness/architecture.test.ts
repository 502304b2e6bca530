import { globSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, normalize, sep } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const FOLDERS = ['model', 'properties', 'reports', 'harness'] as const
type Folder = (typeof FOLDERS)[number]

/** What each folder may import besides itself: folders, modules of ours, packages, and whether modules of Node. */
const ALLOWED: Readonly<Record<Folder, readonly (string | RegExp)[]>> = {
  model: [],
  properties: [/^model\//, 'fast-check'],
  reports: ['model/rules/sources.ts', /^node:/, 'zod', 'fast-xml-parser'],
  harness: [/^(model|properties|reports)\//, /^node:/, ...dependencies()],
}
/** What tests may import on top: one looks at the package from outside, by its name. */
const ALLOWED_IN_TESTS = ['vitest', 'fast-check', /^node:/, 'leasecheck']

const NO_CONCEPT = /^(utils?|helpers?|common|misc)\b/

interface Import {
  readonly file: string
  /** A file of ours from the root, or the name of a package or of a module of Node. */
  readonly of: string
  readonly typesOnly: boolean
  /** It is imported when it is needed, and its absence can be told. */
  readonly late: boolean
}

const FILES = FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: ROOT })).map((file) =>
  file.split(sep).join('/'),
)
const IMPORTS = FILES.flatMap((file) => importsOf(file, readFileSync(join(ROOT, file), 'utf8')))

describe('the imports of', () => {
  test.each(FOLDERS)('%s', (folder) => {
    const own = IMPORTS.filter(({ file }) => file.startsWith(`${folder}/`))
    expect(own.length).toBeGreaterThan(0)
    expect(own.filter((each) => !isAllowed(folder, each)).map(told)).toEqual([])
  })
})

test('what a folder imports is a module of Node under its node: name, or a package that is not one', () => {
  expect(IMPORTS.filter(({ of }) => builtinModules.includes(of)).map(told)).toEqual([])
})

test('what is shipped does not import the bench, which is not', () => {
  const users = IMPORTS.filter(({ file, of }) => of.startsWith('harness/bench/') && !file.startsWith('harness/bench/'))
  expect(users.map(told)).toEqual([])
})

test('the model reads no clock, no environment and no chance', () => {
  const impure = /\b(Date\.now|new Date|performance\.|process\.|globalThis|Math\.random|setTimeout|setInterval|fetch)\b/
  const readers = FILES.filter((file) => file.startsWith('model/') && !file.endsWith('.test.ts')).filter((file) =>
    impure.test(readFileSync(join(ROOT, file), 'utf8')),
  )
  expect(readers).toEqual([])
})

test('every file has a concept, and is named after it', () => {
  expect(FILES.filter((file) => file.split('/').some((part) => NO_CONCEPT.test(part)))).toEqual([])
})

/** What is installed with leasecheck; what only developing needs is not. */
function dependencies(): readonly string[] {
  return Object.keys(MANIFEST.dependencies)
}

/** What users install themselves if they want to: it is not there to be imported before it was asked for. */
function optionalPeers(): readonly string[] {
  return Object.keys(MANIFEST.peerDependencies)
}

function isAllowed(folder: Folder, { file, of, typesOnly, late }: Import): boolean {
  const fits = (allowed: readonly (string | RegExp)[]) =>
    allowed.some((each) => (typeof each === 'string' ? each === of : each.test(of)))
  if (of.startsWith(`${folder}/`)) return true
  if (folder === 'reports' && typesOnly && /^(model|properties)\//.test(of)) return true
  if (folder === 'harness' && (typesOnly || late || file.endsWith('.test.ts')) && optionalPeers().includes(of))
    return true
  return fits(ALLOWED[folder]) || (file.endsWith('.test.ts') && fits(ALLOWED_IN_TESTS))
}

/** The imports of a file as it is written; the formatter sees to it that a statement begins a line. */
function importsOf(file: string, text: string): readonly Import[] {
  const statements = [...text.matchAll(/^(import|export)\b( type\b)?[^'"`]*?\bfrom '([^']+)'/gm)].map(
    ([, , type, of]) => ({ of: of!, typesOnly: type !== undefined, late: false }),
  )
  const others = [...text.matchAll(/(?:^import |(\bimport\(\s*|\brequire\(\s*))'([^']+)'/gm)].map(([, call, of]) => ({
    of: of!,
    typesOnly: false,
    late: call !== undefined,
  }))
  return [...statements, ...others].map((each) => ({ ...each, file, of: resolved(file, each.of) }))
}

function resolved(file: string, of: string): string {
  return of.startsWith('.')
    ? normalize(join(dirname(file), of))
        .split(sep)
        .join('/')
    : of
}

function told({ file, of }: Import): string {
  return `${file} imports ${of}`
}
