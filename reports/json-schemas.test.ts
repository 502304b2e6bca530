import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { JSON_SCHEMAS } from './json-schemas.ts'

const FOLDER = new URL('./schemas/', import.meta.url)

test('the committed JSON Schemas are those of the zod schemas; `node reports/write-schemas.ts` writes them anew', () => {
  const committed = readdirSync(FOLDER).map((file) => [file, readFileSync(new URL(file, FOLDER), 'utf8')])
  expect(Object.fromEntries(committed)).toEqual(JSON_SCHEMAS)
})
