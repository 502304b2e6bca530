import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importFile } from './import-file.ts'
import { recordingFiles } from './recording-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'leasecheck-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), '{"Entries": []}')
  }
}

function found(...names: readonly string[]) {
  const { files, errors } = recordingFiles(names.map((name) => join(folder, name)))
  return {
    files: files.map(({ path, isNamed }) => [path.slice(folder.length + 1), isNamed]),
    errors: errors.map((error) => error.replaceAll(`${folder}/`, '').replaceAll(folder, '.')),
  }
}

describe('finding files', () => {
  test('goes through folders in order, and takes what may be a recording', () => {
    write('b/2.yaml', 'b/10.YML', 'b/a.har', 'b/notes.md', 'a.json', 'c.jsonl', 'code.ts', 'Z.json')
    write('node_modules/x/package.json', '.git/a.json', 'b/node_modules/a.json')
    const files = ['Z.json', 'a.json', 'b/10.YML', 'b/2.yaml', 'b/a.har', 'c.jsonl'].map((name) => [name, false])
    expect(found('')).toEqual({ files, errors: [] })
  })

  test('takes what is named whatever it is called, in the order of the names, and only once', () => {
    write('a/a.json', 'a/b', 'node_modules/c.json')
    expect(found('a/b', 'a', 'a/a.json', 'node_modules')).toEqual({
      files: [
        ['a/b', true],
        ['a/a.json', false],
        ['node_modules/c.json', false],
      ],
      errors: [],
    })
  })

  test('follows links, and does not go in circles', () => {
    write('a/a.json', 'elsewhere/b.json')
    symlinkSync('..', join(folder, 'a/up'))
    symlinkSync('.', join(folder, 'a/self'))
    symlinkSync('../elsewhere', join(folder, 'a/there'))
    symlinkSync('a.json', join(folder, 'a/z.json'))
    symlinkSync('nowhere.json', join(folder, 'a/dangling.json'))
    expect(found('a')).toEqual({
      files: [
        ['a/a.json', false],
        ['a/there/b.json', false],
      ],
      errors: [],
    })
  })

  test('says what is wrong with a name', () => {
    write('empty/notes.md', 'a.json')
    symlinkSync('nowhere', join(folder, 'dangling'))
    expect(found('missing', 'empty', 'dangling', 'a.json')).toEqual({
      files: [['a.json', true]],
      errors: [
        'missing: there is nothing that can be read; check the name',
        'empty: the folder has no .json, .jsonl, .yaml, .yml or .har file; name one that has',
        'dangling: there is nothing that can be read; check the name',
      ],
    })
  })

  test('a folder whose files were named before is not empty', () => {
    write('a/a.json')
    expect(found('a/a.json', 'a').errors).toEqual([])
  })
})

describe('reading a file', () => {
  test('gives its recordings', () => {
    write('a.json')
    expect(importFile(join(folder, 'a.json'))).toEqual({
      recordings: [{ source: join(folder, 'a.json'), format: 'test-proxy', count: 1, exchanges: [] }],
    })
  })

  test('is refused if it is too large, before it is read', () => {
    write('a.json')
    truncateSync(join(folder, 'a.json'), 300 * 2 ** 20)
    expect(importFile(join(folder, 'a.json'))).toEqual({
      reason: 'too large',
      error: `${folder}/a.json: it has 300 MiB, and at most 128 are read; cut it into several files`,
    })
  })

  test('says why it cannot be read', () => {
    const name = join(folder, 'none.json')
    expect(importFile(name)).toEqual({
      reason: 'unreadable',
      error: `${name}: it cannot be read (ENOENT); name files and folders that can be read`,
    })
    expect(importFile(folder)).toMatchObject({ reason: 'unreadable' })
  })
})
